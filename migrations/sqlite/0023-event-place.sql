-- An entry of the log is an event: the version of its state, and where it happened, in columns of its own. Places have
-- no references, as they outlive what they name; lo and plen are those of pool and resource. None of it is sealed.
alter table audit_entry add column version integer not null default 1 check (version > 0);
alter table audit_entry add column vrf_id integer;
alter table audit_entry add column account_id integer;
alter table audit_entry add column lo blob check (length(lo) = 16);
alter table audit_entry add column plen integer check (plen between 0 and 128);
alter table audit_entry add column kind text;
-- Where it was before, if that was elsewhere.
alter table audit_entry add column former_vrf_id integer;
alter table audit_entry add column former_account_id integer;
alter table audit_entry add column former_lo blob check (length(former_lo) = 16);
alter table audit_entry add column former_plen integer check (former_plen between 0 and 128);
alter table audit_entry add column former_kind text;

-- Only here are entries changed, and only in the new columns: what is sealed stays as it is.
drop trigger audit_entry_no_update;

-- What the entries of pools tell: a pool that ends is where it was. A value is '' for null, and null where it is not told.
create temp table told as
select
  id, entity_id, json_type(diff, '$.before') = 'object' and json_type(diff, '$.after') = 'object' as is_change,
  case when json_type(diff, '$.after.vrf_id') is not null then coalesce(diff ->> '$.after.vrf_id', '') else diff ->> '$.before.vrf_id' end as vrf_id,
  case
    when json_type(diff, '$.after.account_id') is not null then coalesce(diff ->> '$.after.account_id', '')
    when json_type(diff, '$.before.account_id') is not null then coalesce(diff ->> '$.before.account_id', '')
  end as account_id,
  coalesce(diff ->> '$.after.cidr', diff ->> '$.before.cidr') as cidr,
  coalesce(diff ->> '$.after.kind', diff ->> '$.before.kind') as kind,
  diff ->> '$.before.vrf_id' as former_vrf_id,
  case when json_type(diff, '$.before.account_id') is not null then coalesce(diff ->> '$.before.account_id', '') end as former_account_id,
  diff ->> '$.before.cidr' as former_cidr,
  diff ->> '$.before.kind' as former_kind
from audit_entry where entity_type = 'pool';

-- Each value as it was last told, by the greatest id before it.
create temp table place as
select
  id,
  is_change and (former_vrf_id is not null or former_account_id is not null or former_cidr is not null or former_kind is not null) as is_move,
  substr(max(printf('%015d', id) || vrf_id) over so_far, 16) as vrf_id,
  substr(max(printf('%015d', id) || account_id) over so_far, 16) as account_id,
  substr(max(printf('%015d', id) || cidr) over so_far, 16) as cidr,
  substr(max(printf('%015d', id) || kind) over so_far, 16) as kind,
  former_vrf_id, former_account_id, former_cidr, former_kind
from told window so_far as (partition by entity_id order by id);
drop table told;

-- The CIDRs among them as bytes: IPv4 as four numbers, IPv6 as groups around at most one `::`.
create temp table block (cidr text primary key, lo blob, plen integer);
insert into block
with texts (cidr) as (select cidr from place where cidr is not null union select former_cidr from place where former_cidr is not null),
parts as (
  select
    cidr, substr(cidr, 1, instr(cidr, '/') - 1) as address, cast(substr(cidr, instr(cidr, '/') + 1) as integer) as length,
    instr(cidr, '::') as gap
  from texts
),
sides as (
  select
    cidr, address, length, case when gap > 0 then substr(address, 1, gap - 1) else address end as head,
    case when gap > 0 then substr(address, gap + 2) else '' end as tail
  from parts
),
hexes as (
  select
    cidr, address, length,
    case when head = '' then '' else (
      select group_concat(digits, '') from (
        select substr('0000' || value, -4) as digits from json_each('["' || replace(head, ':', '","') || '"]') order by key
      )
    ) end as head,
    case when tail = '' then '' else (
      select group_concat(digits, '') from (
        select substr('0000' || value, -4) as digits from json_each('["' || replace(tail, ':', '","') || '"]') order by key
      )
    ) end as tail
  from sides where instr(address, ':') > 0
)
select cidr, unhex(head || substr('00000000000000000000000000000000', 1, 32 - length(head) - length(tail)) || tail), length from hexes
union all
select
  cidr,
  unhex('00000000000000000000ffff' || printf('%02x%02x%02x%02x', octets ->> 0, octets ->> 1, octets ->> 2, octets ->> 3)), 96 + length
from (select cidr, length, '[' || replace(address, '.', ',') || ']' as octets from sides where instr(address, ':') = 0);

update audit_entry set
  vrf_id = cast(p.vrf_id as integer), account_id = cast(nullif(p.account_id, '') as integer), lo = b.lo, plen = b.plen, kind = p.kind
from place p join block b on b.cidr = p.cidr
where p.id = audit_entry.id and p.vrf_id is not null and p.kind is not null;
update audit_entry set
  former_vrf_id = cast(coalesce(p.former_vrf_id, p.vrf_id) as integer),
  former_account_id = cast(nullif(coalesce(p.former_account_id, p.account_id), '') as integer),
  former_lo = b.lo, former_plen = b.plen, former_kind = coalesce(p.former_kind, p.kind)
from place p join block b on b.cidr = coalesce(p.former_cidr, p.cidr)
where p.id = audit_entry.id and p.is_move and audit_entry.lo is not null;
drop table place;
drop table block;

-- The entries of resources do not tell where they are: those that are there lie where they do now. Of one that is gone
-- nobody with limits was told.
update audit_entry set vrf_id = r.vrf_id, account_id = r.account_id, lo = r.lo, plen = r.plen, kind = r.kind
from resource r where audit_entry.entity_type = 'resource' and r.id = cast(audit_entry.entity_id as integer);
update audit_entry set account_id = cast(entity_id as integer) where entity_type = 'account';
update audit_entry set vrf_id = cast(entity_id as integer) where entity_type = 'vrf';

create trigger audit_entry_no_update before update on audit_entry begin
  select raise(abort, 'the audit log is append-only: update of audit_entry is refused');
end;

-- All that an access scope asks of a place, so that the entries in it are found in the index alone.
create index audit_entry_place on audit_entry (vrf_id, lo, plen, kind, account_id) where lo is not null;
create index audit_entry_account on audit_entry (account_id, id) where lo is not null and account_id is not null;
create index audit_entry_former_place on audit_entry (former_vrf_id, former_lo, former_plen, former_kind, former_account_id)
where former_lo is not null;
create index audit_entry_former_account on audit_entry (former_account_id, id)
where former_lo is not null and former_account_id is not null;

-- The events of a pool tell where it lay when it was deleted.
drop trigger pool_former;
drop table former_pool;
