-- Search by part of a name or a cloud id works without the extension, only slower.
do $$ begin
  create index resource_name_part on resource using gin (name gin_trgm_ops);
  create index resource_external_id_part on resource using gin (external_id gin_trgm_ops);
exception when undefined_object then
  raise notice 'without the extension pg_trgm the search for resources reads the whole table: %', sqlerrm;
end $$;
