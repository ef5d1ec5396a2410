-- What shows that a server with the key wrote an entry; each is used once.
alter table audit_entry add column proof text;
create unique index audit_entry_proof on audit_entry (proof) where proof is not null;
-- An entry of another id is not replaced by way of its proof either.
create trigger audit_entry_no_copy before insert on audit_entry when exists (select 1 from audit_entry where proof = new.proof) begin
  select raise(abort, 'the audit log is append-only: a proof is used once');
end;
