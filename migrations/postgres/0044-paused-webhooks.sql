-- Findings are of webhooks too.
alter table told_finding
  drop constraint told_finding_subject_check,
  add constraint told_finding_subject_check
    check (subject in ('resource', 'pool', 'address', 'observed', 'scope', 'webhook')),
  drop constraint told_finding_type_check,
  add constraint told_finding_type_check
    check (type in ('overlap', 'conflict', 'drift', 'orphan', 'unmanaged', 'compliance', 'unseen', 'exhausts_soon',
      'lease_ends', 'stale_address', 'unknown_address', 'webhook_paused'));
