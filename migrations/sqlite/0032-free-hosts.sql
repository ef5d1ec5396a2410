-- How many host addresses of a subnet the cloud says are free. When: as for last_seen_at.
alter table resource add free_hosts integer check (free_hosts >= 0);
