-- `insert or replace` removes a row without asking the triggers on delete: an id that is there is refused.
create trigger audit_entry_no_replace before insert on audit_entry when exists (select 1 from audit_entry where id = new.id) begin
  select raise(abort, 'the audit log is append-only: replacing in audit_entry is refused');
end;
create trigger audit_seal_no_replace before insert on audit_seal
when exists (select 1 from audit_seal where seq = new.seq or entry_id = new.entry_id) begin
  select raise(abort, 'the audit log is append-only: replacing in audit_seal is refused');
end;
