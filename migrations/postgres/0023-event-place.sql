-- An entry of the log is an event: the version of its state, and where it happened, in columns of its own. Places have
-- no references, as they outlive what they name; lo and plen are those of pool and resource. None of it is sealed.
alter table audit_entry
  add column version int not null default 1 constraint audit_entry_version check (version > 0),
  add column vrf_id int,
  add column account_id int,
  add column lo bytea constraint audit_entry_lo_bytes check (octet_length(lo) = 16),
  add column plen int constraint audit_entry_plen_range check (plen between 0 and 128),
  add column kind text,
  -- Where it was before, if that was elsewhere.
  add column former_vrf_id int,
  add column former_account_id int,
  add column former_lo bytea constraint audit_entry_former_lo_bytes check (octet_length(former_lo) = 16),
  add column former_plen int constraint audit_entry_former_plen_range check (former_plen between 0 and 128),
  add column former_kind text;

-- Only here are entries changed, and only in the new columns: what is sealed stays as it is.
alter table audit_entry disable trigger audit_entry_append_only;

create function pg_temp.event_lo(block cidr) returns bytea language sql immutable as $$
  select case family(block) when 4 then '\x00000000000000000000ffff'::bytea else '' end || substring(cidr_send(block) from 5)
$$;
create function pg_temp.event_plen(block cidr) returns int language sql immutable as $$
  select case family(block) when 4 then 96 else 0 end + masklen(block)
$$;

-- What the entries of pools tell: a pool that ends is where it was. A value is '' for null, and null where it is not told.
-- Each value as it was last told, by the greatest id before it.
with told as (
  select
    id, entity_id, jsonb_typeof(diff -> 'before') = 'object' and jsonb_typeof(diff -> 'after') = 'object' as is_change,
    coalesce(diff #>> '{after,vrf_id}', diff #>> '{before,vrf_id}') as vrf_id,
    case
      when jsonb_path_exists(diff, '$.after.account_id') then coalesce(diff #>> '{after,account_id}', '')
      when jsonb_path_exists(diff, '$.before.account_id') then coalesce(diff #>> '{before,account_id}', '')
    end as account_id,
    coalesce(diff #>> '{after,cidr}', diff #>> '{before,cidr}') as cidr,
    coalesce(diff #>> '{after,kind}', diff #>> '{before,kind}') as kind,
    diff #>> '{before,vrf_id}' as former_vrf_id,
    case when jsonb_path_exists(diff, '$.before.account_id') then coalesce(diff #>> '{before,account_id}', '') end as former_account_id,
    diff #>> '{before,cidr}' as former_cidr,
    diff #>> '{before,kind}' as former_kind
  from audit_entry where entity_type = 'pool'
),
place as (
  select
    id,
    is_change and coalesce(former_vrf_id, former_account_id, former_cidr, former_kind) is not null as is_move,
    substr(max((to_char(id, 'FM000000000000000') || vrf_id) collate "C") over so_far, 16) as vrf_id,
    substr(max((to_char(id, 'FM000000000000000') || account_id) collate "C") over so_far, 16) as account_id,
    substr(max((to_char(id, 'FM000000000000000') || cidr) collate "C") over so_far, 16)::cidr as cidr,
    substr(max((to_char(id, 'FM000000000000000') || kind) collate "C") over so_far, 16) as kind,
    former_vrf_id, former_account_id, former_cidr, former_kind
  from told window so_far as (partition by entity_id order by id)
),
filled as (
  select
    id, vrf_id::int, nullif(account_id, '')::int as account_id, pg_temp.event_lo(cidr) as lo, pg_temp.event_plen(cidr) as plen, kind,
    case when is_move then coalesce(former_vrf_id, vrf_id)::int end as former_vrf_id,
    case when is_move then nullif(coalesce(former_account_id, account_id), '')::int end as former_account_id,
    case when is_move then pg_temp.event_lo(coalesce(former_cidr::cidr, cidr)) end as former_lo,
    case when is_move then pg_temp.event_plen(coalesce(former_cidr::cidr, cidr)) end as former_plen,
    case when is_move then coalesce(former_kind, kind) end as former_kind
  from place where vrf_id is not null and cidr is not null and kind is not null
)
update audit_entry e set
  vrf_id = f.vrf_id, account_id = f.account_id, lo = f.lo, plen = f.plen, kind = f.kind,
  former_vrf_id = f.former_vrf_id, former_account_id = f.former_account_id, former_lo = f.former_lo,
  former_plen = f.former_plen, former_kind = f.former_kind
from filled f where f.id = e.id;

-- The entries of resources do not tell where they are: those that are there lie where they do now. Of one that is gone
-- nobody with limits was told.
update audit_entry e set vrf_id = r.vrf_id, account_id = r.account_id, lo = r.lo, plen = r.plen, kind = r.kind
from resource r where e.entity_type = 'resource' and r.id = e.entity_id::bigint;
update audit_entry set account_id = entity_id::int where entity_type = 'account';
update audit_entry set vrf_id = entity_id::int where entity_type = 'vrf';

alter table audit_entry enable trigger audit_entry_append_only;

-- All that an access scope asks of a place, so that the entries in it are found in the index alone.
create index audit_entry_place on audit_entry (vrf_id, lo, plen, kind, account_id) where lo is not null;
create index audit_entry_account on audit_entry (account_id, id) where lo is not null and account_id is not null;
create index audit_entry_former_place on audit_entry (former_vrf_id, former_lo, former_plen, former_kind, former_account_id)
where former_lo is not null;
create index audit_entry_former_account on audit_entry (former_account_id, id)
where former_lo is not null and former_account_id is not null;

-- The events of a pool tell where it lay when it was deleted.
drop trigger pool_former on pool;
drop function keep_former_pool;
drop table former_pool;
