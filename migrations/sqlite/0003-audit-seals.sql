-- The audit log as a chain: committed entries are sealed one after the other with a hash that holds all before it.

-- The order of the chain is that of sealing.
create table audit_seal (
  seq integer primary key check (seq > 0),
  entry_id integer not null unique,
  hash text not null check (length(hash) = 64 and hash not glob '*[^0-9a-f]*')
) strict;

-- Entries that wait to be sealed. Each gets here in the transaction that writes it, so none is ever passed over.
create table audit_unsealed (entry_id integer primary key) strict;
insert into audit_unsealed (entry_id) select id from audit_entry;

create trigger audit_entry_await_seal after insert on audit_entry begin
  insert into audit_unsealed (entry_id) values (new.id);
end;

-- Append-only, whoever asks.
create trigger audit_entry_no_update before update on audit_entry begin
  select raise(abort, 'the audit log is append-only: update of audit_entry is refused');
end;
create trigger audit_entry_no_delete before delete on audit_entry begin
  select raise(abort, 'the audit log is append-only: delete of audit_entry is refused');
end;
create trigger audit_seal_no_update before update on audit_seal begin
  select raise(abort, 'the audit log is append-only: update of audit_seal is refused');
end;
create trigger audit_seal_no_delete before delete on audit_seal begin
  select raise(abort, 'the audit log is append-only: delete of audit_seal is refused');
end;

-- How far entries were forwarded, for each target.
create table audit_forward (
  target text primary key,
  seq integer not null,
  holder text,
  lease_until integer
) strict, without rowid;
