-- What the provider says about a login after it was made: which of its sessions it belongs to, a refresh token (sealed with
-- a key that only the browser's cookie gives), when the role was last confirmed, and when it is asked next.

alter table user_session
  add column sid text,
  add column logout_hint text,
  add column refresh_token text,
  add column checked_at timestamptz,
  add column check_after timestamptz;
update user_session set checked_at = created_at;
alter table user_session alter column checked_at set not null;
create index user_session_sid on user_session (sid) where sid is not null;

-- When a login or a check found that no group of theirs has a role any more; null: they have one.
alter table app_user add column refused_at timestamptz;

-- Logout tokens of providers that were used: each is good once, on whichever server.
create table logout_token (
  hash bytea primary key constraint logout_token_hash_bytes check (octet_length(hash) = 32),
  expires_at timestamptz not null
);
create index logout_token_expires_at on logout_token (expires_at);
