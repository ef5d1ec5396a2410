-- Search by part of a name works without the extension, only slower. What earlier migrations have changed has to be
-- checked before.
set constraints all immediate;
create index address_tags on address using gin (tags jsonb_path_ops);
do $$ begin
  create index address_name_part on address using gin (name gin_trgm_ops);
  create index address_dns_name_part on address using gin (dns_name gin_trgm_ops) where dns_name is not null;
exception when undefined_object then
  raise notice 'without the extension pg_trgm the search for addresses reads the whole table: %', sqlerrm;
end $$;
set constraints all deferred;
