-- Where deleted pools lay, so that the audit log can tell whose they were.
create table former_pool (
  id bigint primary key,
  vrf_id int not null,
  lo bytea not null,
  plen int not null,
  kind text not null,
  account_id int
);
create index former_pool_place on former_pool (vrf_id, lo);
create index former_pool_account on former_pool (account_id) where account_id is not null;
create function keep_former_pool() returns trigger language plpgsql as $$
begin
  insert into former_pool (id, vrf_id, lo, plen, kind, account_id) select id, vrf_id, lo, plen, kind, account_id from gone
    on conflict (id) do update set (vrf_id, lo, plen, kind, account_id) = (excluded.vrf_id, excluded.lo, excluded.plen, excluded.kind, excluded.account_id);
  return null;
end $$;
create trigger pool_former after delete on pool referencing old table as gone for each statement execute function keep_former_pool();
