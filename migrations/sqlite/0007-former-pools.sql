-- Where deleted pools lay, so that the audit log can tell whose they were.
create table former_pool (
  id integer primary key,
  vrf_id integer not null,
  lo blob not null,
  plen integer not null,
  kind text not null,
  account_id integer
) strict;
create index former_pool_place on former_pool (vrf_id, lo);
create index former_pool_account on former_pool (account_id) where account_id is not null;
create trigger pool_former after delete on pool begin
  insert or replace into former_pool (id, vrf_id, lo, plen, kind, account_id) values (old.id, old.vrf_id, old.lo, old.plen, old.kind, old.account_id);
end;
