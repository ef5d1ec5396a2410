-- Who is told of events by HTTP, how far each is in the chain of the log, and which server process works at it.
create table webhook (
  id integer primary key autoincrement,
  name text not null unique,
  url text not null,
  -- Sealed by the key of the servers, as all secrets here.
  secret text not null,
  former_secret text,
  former_until integer,
  routing_key text,
  filter text not null check (json_valid(filter)),
  template text not null check (template in ('cloudevents', 'slack', 'teams', 'pagerduty', 'custom')),
  template_text text,
  is_ordered integer not null check (is_ordered in (0, 1)),
  state text not null check (state in ('ok', 'retrying', 'paused')),
  failure text,
  seq integer not null,
  replay_seq integer,
  replay_until integer,
  waiting integer not null,
  next_at integer,
  dead_in_row integer not null,
  holder text,
  lease_until integer,
  created_at integer not null,
  updated_at integer not null,
  version integer not null,
  check ((former_secret is null) = (former_until is null)),
  check ((replay_seq is null) = (replay_until is null)),
  check ((template = 'custom') = (template_text is not null))
) strict;

-- What waits to be tried again, and the last that was delivered or given up.
create table webhook_delivery (
  webhook_id integer not null references webhook on delete cascade,
  seq integer not null,
  type text not null,
  status text not null check (status in ('waiting', 'delivered', 'dead')),
  attempts integer not null,
  at integer not null,
  ms integer not null,
  http_status integer,
  answer text,
  error text,
  next_at integer,
  dead_at integer,
  primary key (webhook_id, seq),
  check ((status = 'waiting') = (next_at is not null)),
  check ((status = 'dead') = (dead_at is not null))
) strict, without rowid;
create index webhook_delivery_status on webhook_delivery (webhook_id, status, seq);
