-- A key that an allocation was asked for with, and the wish, as canonical JSON: unique among the living pools of a VRF.
alter table pool add column live_key text constraint pool_live_key_given check (live_key <> '');
alter table pool add column live_wish text constraint pool_live_wish_with_key check ((live_key is null) = (live_wish is null));
create unique index pool_live_key_unique on pool (vrf_id, live_key) where live_key is not null;

-- What a filter by region can offer is read from the index alone.
create index pool_region on pool (region) where region is not null;

-- Search by part of a cloud id works without the extension, only slower.
do $$ begin
  create index pool_external_id_part on pool using gin (external_id gin_trgm_ops) where external_id is not null;
exception when others then
  raise notice 'without the extension pg_trgm the search for cloud ids reads the whole table: %', sqlerrm;
end $$;
