-- What shows that a server with the key wrote an entry; each is used once.
alter table audit_entry add column proof text;
create unique index audit_entry_proof on audit_entry (proof) where proof is not null;
