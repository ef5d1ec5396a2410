-- Parts of listings that wait for the last one of theirs, by who delivers them.
create table snapshot_part (
  deliverer text not null,
  run_id text not null,
  provider text not null,
  account text not null,
  region text not null,
  number integer not null check (number > 0),
  content text not null,
  bytes integer not null,
  kept_at timestamptz not null,
  primary key (deliverer, run_id, provider, account, region, number)
);
create index snapshot_part_kept_at on snapshot_part (kept_at);
