-- What the provider says about a login after it was made: which of its sessions it belongs to, a refresh token (sealed with
-- a key that only the browser's cookie gives), when the role was last confirmed, and when it is asked next.

alter table user_session add column sid text;
alter table user_session add column logout_hint text;
alter table user_session add column refresh_token text;
alter table user_session add column checked_at integer not null default 0;
alter table user_session add column check_after integer;
update user_session set checked_at = created_at;
create index user_session_sid on user_session (sid) where sid is not null;

-- When a login or a check found that no group of theirs has a role any more; null: they have one.
alter table app_user add column refused_at integer;

-- Logout tokens of providers that were used: each is good once, on whichever server.
create table logout_token (
  hash blob primary key check (length(hash) = 32),
  expires_at integer not null
) strict, without rowid;
create index logout_token_expires_at on logout_token (expires_at);
