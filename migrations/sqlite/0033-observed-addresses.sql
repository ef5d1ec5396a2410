-- Addresses that clouds have given to something, each as often as it is listed: inventory, never a record. Present ones were
-- seen no earlier than interfaces_complete_at of their scope. plen is less than 128 where a block was given as one.
alter table scope add interfaces text not null default 'off'
  check (interfaces in ('complete', 'partial', 'failed', 'off'));
alter table scope add interfaces_error_code text;
alter table scope add interfaces_error_message text;
alter table scope add interfaces_complete_at integer;

create table observed_address (
  id integer primary key autoincrement,
  scope_id integer not null references scope,
  account_id integer not null references account,
  network_id integer,
  vrf_id integer not null references vrf,
  region text not null,
  kind text not null check (kind in ('interface', 'elastic', 'external', 'static')),
  external_id text not null,
  subnet_external_id text,
  name text not null,
  attached_to text,
  lo blob not null check (length(lo) = 16),
  plen integer not null check (plen between 0 and 128),
  first_seen_at integer not null,
  last_seen_at integer not null,
  gone_at integer,
  unique (scope_id, kind, external_id, lo, plen),
  -- An address is in the VRF of its network and follows it.
  foreign key (network_id, vrf_id) references network (id, vrf_id) on update cascade
) strict;

create index observed_by_address on observed_address (vrf_id, lo, plen, id);
create index observed_of_network on observed_address (network_id, vrf_id) where network_id is not null;
create index observed_of_account on observed_address (account_id);
create index observed_gone on observed_address (gone_at) where gone_at is not null;
