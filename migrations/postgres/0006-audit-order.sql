-- The audit log by type or by action, newest first.
create index audit_entry_type on audit_entry (entity_type, id);
create index audit_entry_action on audit_entry (action, id);
