-- Ranges of addresses that are kept apart: leaves of the pool tree, disjoint within a VRF. lo and hi are the first and
-- last address; plen, the length of the smallest block around both, and kind are what other rows with a place have.
insert into id_sequence values ('address_range', 0);

create table address_range (
  id integer primary key,
  vrf_id integer not null references vrf,
  pool_id integer references pool on delete set null,
  lo blob not null check (length(lo) = 16),
  hi blob not null check (length(hi) = 16),
  plen integer not null check (plen between 0 and 128),
  kind text not null check (kind = 'range'),
  name text not null,
  purpose text not null check (purpose in ('dhcp', 'reserved', 'excluded', 'quarantine')),
  counts_as_used integer not null check (counts_as_used in (0, 1)),
  account_id integer references account,
  description text not null,
  tags text not null check (json_valid(tags)),
  until integer,
  holder text check (holder is null or json_valid(holder)),
  created_at integer not null,
  updated_at integer not null,
  version integer not null,
  check (lo <= hi),
  check ((purpose = 'quarantine') = (until is not null))
) strict;

create unique index address_range_unique on address_range (vrf_id, lo);
create index address_range_by_address on address_range (lo, id);
create index address_range_of_pool on address_range (pool_id, lo) where pool_id is not null;
create index address_range_without_pool on address_range (vrf_id, lo) where pool_id is null;
create index address_range_of_account on address_range (account_id) where account_id is not null;
create index address_range_until on address_range (until) where until is not null;

-- Two ranges of a VRF never share an address, whoever writes them.
create trigger address_range_disjoint before insert on address_range begin
  select raise(abort, 'ranges of a VRF are disjoint') from address_range r
    where r.vrf_id = new.vrf_id and r.hi >= new.lo
      and r.lo = (select max(o.lo) from address_range o where o.vrf_id = new.vrf_id and o.lo <= new.hi);
end;

alter table address add column range_id integer references address_range on delete set null;
alter table address add column expires_at integer;
create index address_of_range on address (range_id, lo) where range_id is not null;
create index address_expires_at on address (expires_at) where expires_at is not null;
