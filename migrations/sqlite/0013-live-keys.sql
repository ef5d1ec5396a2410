-- A key that an allocation was asked for with, and the wish, as canonical JSON: unique among the living pools of a VRF.
alter table pool add column live_key text check (live_key <> '');
alter table pool add column live_wish text check ((live_key is null) = (live_wish is null));
create unique index pool_live_key_unique on pool (vrf_id, live_key) where live_key is not null;

-- What a filter by region can offer is read from the index alone.
create index pool_region on pool (region) where region is not null;
