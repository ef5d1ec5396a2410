-- What was last counted of all pools together: one row, and none before the first count. basis is what it stands on: the last
-- seal of the log, that of the last counted usage, and the day.
create table estate_count (
  id integer primary key check (id = 1),
  at integer not null,
  took_ms integer not null,
  basis text not null,
  count text not null check (json_valid(count))
) strict;
