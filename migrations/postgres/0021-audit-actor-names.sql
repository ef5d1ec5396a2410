-- The entries of an actor are found by the name that is shown, and the names themselves from one to the next.
create index audit_entry_actor_name on audit_entry (actor_name, id);
