-- Findings that the audit log was told of (finding.open) and that are not closed yet. Nothing refers to what they are of:
-- that may be gone when the end of a finding is told. facts: as told; the place follows: VRF, account, CIDR and kind.
create table told_finding (
  subject text collate "C" not null check (subject in ('resource', 'pool', 'address', 'observed', 'scope')),
  subject_id bigint not null,
  type text collate "C" not null check (type in ('overlap', 'conflict', 'drift', 'orphan', 'unmanaged', 'compliance',
    'unseen', 'exhausts_soon', 'lease_ends', 'stale_address', 'unknown_address')),
  id text not null,
  opened_at timestamptz not null,
  facts jsonb not null,
  vrf_id int,
  account_id int,
  cidr text,
  kind text,
  primary key (subject, subject_id, type)
);

-- When all findings were compared with those told the last time: how long that took, and the last seal of the log then.
create table told_round (
  id int primary key check (id = 1),
  at timestamptz not null,
  took_ms bigint not null,
  head bigint not null
);

-- The last warning of the end of a lease. Another end is warned of anew.
create table lease_warning (
  lease_of text collate "C" not null check (lease_of in ('pool', 'address', 'range')),
  lease_id bigint not null,
  ends_at timestamptz not null,
  days int not null,
  primary key (lease_of, lease_id)
);
create index lease_warning_by_end on lease_warning (ends_at);
