-- Findings are of webhooks too.
alter table told_finding rename to told_finding_before;
create table told_finding (
  subject text not null check (subject in ('resource', 'pool', 'address', 'observed', 'scope', 'webhook')),
  subject_id integer not null,
  type text not null check (type in ('overlap', 'conflict', 'drift', 'orphan', 'unmanaged', 'compliance',
    'unseen', 'exhausts_soon', 'lease_ends', 'stale_address', 'unknown_address', 'webhook_paused')),
  id text not null,
  opened_at integer not null,
  facts text not null check (json_valid(facts)),
  vrf_id integer,
  account_id integer,
  cidr text,
  kind text,
  primary key (subject, subject_id, type)
) strict, without rowid;
insert into told_finding select * from told_finding_before;
drop table told_finding_before;
