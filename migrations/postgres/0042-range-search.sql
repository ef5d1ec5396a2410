-- Search by part of a name works without the extension, only slower. What earlier migrations have changed has to be
-- checked before.
set constraints all immediate;
create index address_range_tags on address_range using gin (tags jsonb_path_ops);
do $$ begin
  create index address_range_name_part on address_range using gin (name gin_trgm_ops);
exception when undefined_object then
  raise notice 'without the extension pg_trgm the search for ranges reads the whole table: %', sqlerrm;
end $$;
set constraints all deferred;
