-- How the columns and words of a kind of file are read, kept under a name. As text: the order of its keys stays.
create table import_map (
  name text primary key,
  map text not null,
  updated_at integer not null,
  version integer not null
) strict;
