-- Whether a collector that is limited to accounts may report what other accounts share with these; off for those that exist.
alter table token add column shared_resources integer not null default 0
  check (shared_resources = 0 or shared_resources = 1 and role = 'collector' and accounts is not null);
