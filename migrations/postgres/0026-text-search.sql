-- Search by part of a name or a cloud id works without the extension, only slower. What earlier migrations have changed
-- has to be checked before; the index of pools is made where it could not be made then.
set constraints all immediate;
do $$ begin
  create index if not exists pool_external_id_part on pool using gin (external_id gin_trgm_ops) where external_id is not null;
  create index resource_name_part on resource using gin (name gin_trgm_ops);
  create index resource_external_id_part on resource using gin (external_id gin_trgm_ops);
exception when undefined_object then
  raise notice 'without the extension pg_trgm the search for resources reads the whole table: %', sqlerrm;
end $$;
set constraints all deferred;
