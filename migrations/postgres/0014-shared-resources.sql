-- Whether a collector that is limited to accounts may report what other accounts share with these; off for those that exist.
alter table token add column shared_resources boolean not null default false
  constraint token_shared_resources check (not shared_resources or role = 'collector' and accounts is not null);
