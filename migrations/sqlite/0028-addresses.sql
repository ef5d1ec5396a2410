-- Single addresses that somebody has: leaves of the pool tree, each in the smallest pool around it. plen and kind are
-- what other rows with a place have in these columns.
insert into id_sequence values ('address', 0);

create table address (
  id integer primary key,
  vrf_id integer not null references vrf,
  pool_id integer references pool on delete set null,
  lo blob not null check (length(lo) = 16),
  plen integer not null check (plen = 128),
  kind text not null check (kind = 'address'),
  name text not null,
  status text not null check (status in ('reserved', 'active', 'deprecated')),
  role text not null check (role in ('host', 'gateway', 'vip', 'dhcp')),
  dns_name text,
  mac text,
  account_id integer references account,
  description text not null,
  tags text not null check (json_valid(tags)),
  created_at integer not null,
  updated_at integer not null,
  version integer not null
) strict;

create unique index address_unique on address (vrf_id, lo);
create index address_by_address on address (lo, id);
create index address_of_pool on address (pool_id, lo) where pool_id is not null;
create index address_without_pool on address (vrf_id, lo) where pool_id is null;
create index address_of_account on address (account_id) where account_id is not null;
