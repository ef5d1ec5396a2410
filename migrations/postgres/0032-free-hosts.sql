-- How many host addresses of a subnet the cloud says are free. When: as for last_seen_at.
alter table resource add column free_hosts int constraint resource_free_hosts check (free_hosts >= 0);
