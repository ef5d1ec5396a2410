-- Where address records and clouds differ, as the last complete listing of a scope's interfaces left it: records whose
-- address nothing has, and observed addresses without a record in subnets whose addresses have them. Derived: each
-- listing replaces what it found before.
create table stale_address (
  address_id bigint primary key constraint stale_address_record references address on delete cascade,
  scope_id int not null constraint stale_address_scope references scope on delete cascade,
  since timestamptz not null
);
create index stale_address_of_scope on stale_address (scope_id);

create table unknown_address (
  observed_id bigint primary key constraint unknown_address_observed references observed_address on delete cascade,
  scope_id int not null constraint unknown_address_scope references scope on delete cascade,
  since timestamptz not null
);
create index unknown_address_of_scope on unknown_address (scope_id);

-- Blocks that were given as one: few.
create index observed_blocks on observed_address (vrf_id, lo, plen) where plen < 128;
