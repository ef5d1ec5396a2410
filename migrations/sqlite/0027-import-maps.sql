-- How the columns and words of a kind of file are read, kept under a name.
create table import_map (
  name text primary key,
  map text not null check (json_valid(map)),
  updated_at integer not null,
  version integer not null
) strict;
