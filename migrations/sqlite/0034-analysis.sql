-- VRFs of one name here can reach each other: the same addresses in two of them collide. null: it reaches no other.
alter table vrf add column reachability_domain text;

-- What the last analysis of all pools recommends about each. severity: 1 high, 2 medium, 3 low. related_id: another pool
-- that it tells of.
create table recommendation (
  pool_id integer not null references pool (id) on delete cascade,
  kind text not null check (kind in
    ('duplicate', 'shadowed', 'undersized', 'fragmented', 'breaks_rules', 'oversized', 'unused')),
  severity integer not null check (severity between 1 and 3),
  related_id integer references pool (id) on delete cascade,
  made_at integer not null,
  facts text not null check (json_valid(facts)),
  action text check (json_valid(action)),
  primary key (pool_id, kind)
) strict, without rowid;
create index recommendation_by_severity on recommendation (severity, pool_id, kind);
create index recommendation_by_kind on recommendation (kind, severity, pool_id);
create index recommendation_by_related on recommendation (related_id) where related_id is not null;
create index recommendation_by_time on recommendation (made_at);
