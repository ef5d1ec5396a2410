-- PostgreSQL has no insert that replaces past the triggers; the number is that of the migration of SQLite.
select 1;
