-- How pools were used: days on which something has changed, counted out of the audit log by subscriber `usage`. taken and
-- free are numbers of blocks by prefix length, which used and free addresses follow from. No row refers to a pool: the
-- log tells later of what is there, and of what is gone.
create table usage_day (
  pool_id integer not null,
  day integer not null, -- since 1970-01-01, UTC
  taken text not null check (json_valid(taken)),
  free text not null check (json_valid(free)),
  primary key (pool_id, day)
) strict, without rowid;
create index usage_day_by_day on usage_day (day, pool_id);

-- The tree as far as the log was counted: what takes space, in the order of the tree. rank: 0 VPC, 1 other pools,
-- 2 addresses.
create table usage_tree (
  vrf_id integer not null,
  lo blob not null check (length(lo) = 16),
  plen integer not null check (plen between 0 and 128),
  rank integer not null check (rank between 0 and 2),
  id integer not null,
  primary key (vrf_id, lo, plen, rank, id)
) strict, without rowid;

-- What was told of each pool in the last night: days since 1970-01-01, UTC. ends_on is the day by which it is listed.
create table pool_forecast (
  pool_id integer primary key references pool (id) on delete cascade,
  made_on integer not null,
  prefix_length integer not null check (prefix_length between 0 and 128),
  ends_on integer,
  forecast text not null check (json_valid(forecast))
) strict;
create index pool_forecast_by_end on pool_forecast (ends_on, pool_id) where ends_on is not null;
