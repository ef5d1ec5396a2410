-- What is limited of logins is counted here, for all servers together. A key is the hash of what is counted.
create table login_count (
  key_hash bytea primary key constraint login_count_key_hash_bytes check (octet_length(key_hash) = 32),
  attempts integer not null,
  ends_at timestamptz not null
);
create index login_count_ends_at on login_count (ends_at);
