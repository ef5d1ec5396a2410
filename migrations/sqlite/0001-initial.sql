-- The first schema. Addresses are 16 bytes, IPv4 as IPv4-mapped, so one index serves both families; plen counts in
-- 128 bits; times are milliseconds since 1970. Forward only: a merged migration is never edited.

-- The next id of tables whose ids are taken before the rows are written.
create table id_sequence (name text primary key, last integer not null) strict, without rowid;
insert into id_sequence values ('pool', 0), ('network', 0), ('resource', 0);

create table vrf (
  id integer primary key autoincrement,
  name text not null unique,
  rd text unique,
  description text not null default '',
  created_at integer not null,
  updated_at integer not null,
  version integer not null default 1
) strict;
insert into vrf (id, name, created_at, updated_at)
values (1, 'global', cast(unixepoch('subsec') * 1000 as integer), cast(unixepoch('subsec') * 1000 as integer));

create table vlan (
  id integer primary key autoincrement,
  group_name text not null,
  vid integer not null check (vid between 1 and 4094),
  name text not null,
  description text not null,
  created_at integer not null,
  updated_at integer not null,
  version integer not null,
  unique (group_name, vid)
) strict;

create table account (
  id integer primary key autoincrement,
  key text not null unique,
  name text not null,
  provider text not null check (provider in ('aws', 'gcp', 'azure', 'onprem')),
  external_id text not null,
  platform text,
  tier text,
  environment text,
  regions text not null check (json_valid(regions)),
  description text not null,
  created_at integer not null,
  updated_at integer not null,
  version integer not null
) strict;

create table pool (
  id integer primary key,
  vrf_id integer not null references vrf,
  -- Deferred: children are given their new parent before it is inserted.
  parent_id integer references pool deferrable initially deferred,
  lo blob not null check (length(lo) = 16),
  hi blob not null check (length(hi) = 16),
  plen integer not null check (plen between 0 and 128),
  cidr text not null,
  name text not null,
  kind text not null check (kind in ('container', 'vpc', 'subnet', 'secondary_range', 'reservation')),
  status text not null check (status in ('planned', 'active', 'deprecated')),
  source text not null check (source in ('manual', 'discovered')),
  account_id integer references account,
  external_id text,
  external_vpc text,
  region text,
  sync_status text check (sync_status in ('synced', 'drift', 'orphaned')),
  last_sync_at integer,
  description text not null,
  tags text not null check (json_valid(tags)),
  vlan_id integer references vlan,
  expires_at integer,
  created_at integer not null,
  updated_at integer not null,
  version integer not null,
  child_used text not null,
  -- Whether the pool's rows of free_block are there; if not they are built when they are asked for.
  free_known integer not null default 0 check (free_known in (0, 1)),
  check (lo <= hi),
  check (parent_id <> id)
) strict;

-- Of two equal blocks the VPC comes first and its subnet after it, as in the tree.
create unique index pool_cidr_kind_unique on pool (vrf_id, lo, plen, kind desc);
create unique index pool_parent_lo_unique on pool (parent_id, lo);
create unique index pool_external_id_unique on pool (external_id, vrf_id, lo) where external_id is not null;
create index pool_roots on pool (vrf_id, lo) where parent_id is null;
create index pool_by_address on pool (lo, plen, id);
create index pool_by_name on pool (name, id);
create index pool_by_created_at on pool (created_at, id);
create index pool_by_updated_at on pool (updated_at, id);
create index pool_account on pool (account_id) where account_id is not null;
create index pool_vlan on pool (vlan_id) where vlan_id is not null;
create index pool_expires_at on pool (expires_at) where expires_at is not null;

-- The tags once more, to be found by. Triggers keep them in step with pool.tags.
create table pool_tag (
  key text not null,
  value text not null,
  pool_id integer not null references pool on delete cascade,
  primary key (key, value, pool_id)
) strict, without rowid;
create index pool_tag_pool on pool_tag (pool_id);
create trigger pool_tag_insert after insert on pool when new.tags <> '{}' begin
  insert into pool_tag select key, value, new.id from json_each(new.tags);
end;
create trigger pool_tag_update after update of tags on pool when new.tags <> old.tags begin
  delete from pool_tag where pool_id = new.id;
  insert into pool_tag select key, value, new.id from json_each(new.tags);
end;

-- The names once more, to be found by any part of three letters or more.
create virtual table pool_name using fts5 (name, content = 'pool', content_rowid = 'id', tokenize = 'trigram', detail = 'full');
create trigger pool_name_insert after insert on pool begin
  insert into pool_name (rowid, name) values (new.id, new.name);
end;
create trigger pool_name_update after update of name on pool when new.name <> old.name begin
  insert into pool_name (pool_name, rowid, name) values ('delete', old.id, old.name);
  insert into pool_name (rowid, name) values (new.id, new.name);
end;
create trigger pool_name_delete after delete on pool begin
  insert into pool_name (pool_name, rowid, name) values ('delete', old.id, old.name);
end;

-- The maximal free CIDRs of each pool; bits is 128 - plen.
create table free_block (
  parent_id integer not null references pool on delete cascade,
  bits integer not null check (bits between 0 and 128),
  lo blob not null check (length(lo) = 16),
  primary key (parent_id, bits, lo)
) strict, without rowid;

create table network (
  id integer primary key,
  account_id integer not null references account,
  region text not null,
  external_id text not null,
  name text not null,
  is_default integer not null check (is_default in (0, 1)),
  vrf_id integer not null references vrf,
  first_seen_at integer not null,
  last_seen_at integer not null,
  unique (account_id, region, external_id),
  unique (id, vrf_id)
) strict;
create index network_vrf on network (vrf_id);

create table scope (
  id integer primary key autoincrement,
  account_id integer not null references account,
  region text not null,
  coverage text not null check (coverage in ('complete', 'partial', 'failed')),
  error_code text,
  error_message text,
  collected_at integer,
  complete_at integer,
  run_id text,
  unique (account_id, region)
) strict;

create table resource (
  id integer primary key,
  network_id integer not null,
  vrf_id integer not null,
  scope_id integer not null references scope,
  account_id integer not null references account,
  region text not null,
  kind text not null check (kind in ('vpc', 'subnet', 'secondary_range')),
  external_id text not null,
  network_external_id text not null,
  zone_id text,
  name text not null,
  lo blob not null check (length(lo) = 16),
  hi blob not null check (length(hi) = 16),
  plen integer not null check (plen between 0 and 128),
  cidr text not null,
  tags text not null check (json_valid(tags)),
  pool_id integer references pool on delete set null,
  management text not null check (management in ('managed', 'unmanaged', 'ignored', 'pending')),
  management_reason text not null,
  overlap text not null check (overlap in ('overlapping', 'nonoverlapping', 'ignored')),
  overlap_reason text not null,
  explained_by integer references resource on delete set null deferrable initially deferred,
  sync text not null check (sync in ('synced', 'drift', 'orphaned')),
  sync_reason text not null,
  first_seen_at integer not null,
  last_seen_at integer not null,
  check (lo <= hi),
  unique (scope_id, external_id, lo, plen),
  -- A resource is in the VRF of its network and follows it.
  foreign key (network_id, vrf_id) references network (id, vrf_id) on update cascade deferrable initially deferred
) strict;
create index resource_by_address on resource (lo, plen, id);
create index resource_unpooled on resource (vrf_id, lo, plen) where pool_id is null;
create index resource_by_network on resource (network_id, vrf_id);
create index resource_by_account on resource (account_id);
create index resource_by_pool on resource (pool_id) where pool_id is not null;
create index resource_by_explanation on resource (explained_by) where explained_by is not null;

create table token (
  id integer primary key autoincrement,
  public_id text not null unique,
  name text not null,
  role text not null check (role in ('viewer', 'editor', 'admin', 'collector')),
  secret_hash blob not null check (length(secret_hash) = 32),
  read_only integer not null check (read_only in (0, 1)),
  accounts text check (json_valid(accounts)),
  created_by text not null,
  created_at integer not null,
  expires_at integer,
  last_used_at integer,
  revoked_at integer
) strict;

create table audit_entry (
  id integer primary key autoincrement,
  at integer not null,
  actor_type text not null check (actor_type in ('user', 'token', 'collector', 'system')),
  actor_id text not null,
  actor_name text not null,
  action text not null,
  entity_type text not null,
  entity_id text not null,
  diff text not null check (json_valid(diff)),
  request_id text not null,
  reason text
) strict;
create index audit_entry_entity on audit_entry (entity_type, entity_id, id);
create index audit_entry_actor on audit_entry (actor_id, id);
create index audit_entry_at on audit_entry (at);

-- Answers already given, by idempotency key.
create table answer (
  actor_id text not null,
  key text not null,
  fingerprint text not null,
  answer text,
  claimed_at integer not null,
  primary key (actor_id, key)
) strict, without rowid;
create index answer_claimed_at on answer (claimed_at);
