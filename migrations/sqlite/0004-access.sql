-- People who log in with an OpenID provider, their sessions, and logins under way.

create table app_user (
  id integer primary key autoincrement,
  provider text not null,
  issuer text not null,
  subject text not null,
  email text,
  name text not null,
  role text not null check (role in ('viewer', 'editor', 'admin')),
  role_pinned integer not null check (role_pinned in (0, 1)),
  group_names text not null check (json_valid(group_names)),
  active integer not null check (active in (0, 1)),
  created_at integer not null,
  last_login_at integer not null,
  version integer not null,
  unique (issuer, subject)
) strict;

create table user_session (
  id integer primary key autoincrement,
  secret_hash blob not null unique check (length(secret_hash) = 32),
  user_id integer not null references app_user,
  provider text not null,
  created_at integer not null,
  expires_at integer not null,
  last_used_at integer not null,
  user_agent text not null,
  ip text not null,
  id_token text
) strict;
create index user_session_user on user_session (user_id);

create table login_attempt (
  secret_hash blob primary key check (length(secret_hash) = 32),
  provider text not null,
  return_to text not null,
  expires_at integer not null
) strict, without rowid;
create index login_attempt_expires_at on login_attempt (expires_at);
