-- What is limited of logins is counted here, for all servers together. A key is the hash of what is counted.
create table login_count (
  key_hash blob primary key check (length(key_hash) = 32),
  attempts integer not null,
  ends_at integer not null
) strict, without rowid;
create index login_count_ends_at on login_count (ends_at);
