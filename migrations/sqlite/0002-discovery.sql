-- Discovery that runs for ever: policies for each account, rules for what lies in a pool, what people decided about
-- findings, and the agents and jobs that do the work.

alter table account add discovery_policy text check (discovery_policy in ('auto', 'approve', 'observe'));
alter table account add discovery_interval integer check (discovery_interval > 0);

alter table pool add rules text check (json_valid(rules));
alter table pool add scope_id integer references scope;
update pool set scope_id = r.scope_id from resource r where r.pool_id = pool.id;
create index pool_rules on pool (vrf_id) where rules is not null;

alter table network add gone_at integer;

alter table resource add orphaned_at integer;
alter table resource add outpost text;
alter table resource add conflict text not null default '';
alter table resource add compliance text not null default '';
alter table resource add dismissals text not null default '{}' check (json_valid(dismissals));
-- The earliest end of a dismissal.
alter table resource add dismissed_until integer;
update resource set orphaned_at = cast(unixepoch('subsec') * 1000 as integer) where sync = 'orphaned';
-- Few resources have a finding: what lists and counts them reads no others.
create index resource_found on resource (lo, plen, id)
  where overlap <> 'nonoverlapping' or conflict <> '' or sync <> 'synced' or management <> 'managed' or compliance <> '';
create index resource_orphaned on resource (orphaned_at) where orphaned_at is not null;
create index resource_dismissed_until on resource (dismissed_until) where dismissed_until is not null;

-- A collector in agent mode, as it says of itself.
create table agent (
  instance text primary key,
  name text not null,
  version text not null,
  providers text not null check (json_valid(providers)),
  accounts text not null check (json_valid(accounts)),
  interval_seconds integer,
  token_id text not null,
  first_seen_at integer not null,
  last_seen_at integer not null
) strict, without rowid;
create index agent_last_seen_at on agent (last_seen_at);

-- One discovery of one account.
create table job (
  id integer primary key autoincrement,
  account_id integer not null references account,
  status text not null check (status in ('queued', 'running', 'succeeded', 'partial', 'failed', 'cancelled')),
  requested_by text not null,
  requested_at integer not null,
  started_at integer,
  finished_at integer,
  instance text,
  lease text,
  lease_until integer,
  attempt integer not null,
  scopes_done integer not null,
  scopes_total integer,
  message text not null,
  error text,
  counts text check (json_valid(counts))
) strict;
-- However many ask for it, an account has one job that is not finished.
create unique index job_open_unique on job (account_id) where status in ('queued', 'running');
create index job_open on job (requested_at, id) where status in ('queued', 'running');
create index job_account on job (account_id, id);
