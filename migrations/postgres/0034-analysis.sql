-- VRFs of one name here can reach each other: the same addresses in two of them collide. null: it reaches no other.
alter table vrf add column reachability_domain text;

-- What the last analysis of all pools recommends about each. severity: 1 high, 2 medium, 3 low. related_id: another pool
-- that it tells of.
create table recommendation (
  pool_id bigint not null references pool (id) on delete cascade,
  kind text collate "C" not null check (kind in
    ('duplicate', 'shadowed', 'undersized', 'fragmented', 'breaks_rules', 'oversized', 'unused')),
  severity int not null check (severity between 1 and 3),
  related_id bigint references pool (id) on delete cascade,
  made_at timestamptz not null,
  facts jsonb not null,
  action jsonb,
  primary key (pool_id, kind)
);
create index recommendation_by_severity on recommendation (severity, pool_id, kind);
create index recommendation_by_kind on recommendation (kind, severity, pool_id);
create index recommendation_by_related on recommendation (related_id) where related_id is not null;
create index recommendation_by_time on recommendation (made_at);
