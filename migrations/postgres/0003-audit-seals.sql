-- The audit log as a chain: committed entries are sealed one after the other with a hash that holds all before it.

-- The order of the chain is that of sealing: ids are taken before a transaction commits, and commits overtake each other.
create table audit_seal (
  seq bigint primary key constraint audit_seal_seq check (seq > 0),
  entry_id bigint not null constraint audit_seal_entry unique,
  hash text collate "C" not null constraint audit_seal_hash check (hash ~ '^[0-9a-f]{64}$')
);

-- Entries that wait to be sealed. Each gets here in the transaction that writes it, so none is ever passed over.
create table audit_unsealed (entry_id bigint primary key);
insert into audit_unsealed (entry_id) select id from audit_entry;

create function audit_await_seal() returns trigger language plpgsql as $$
begin
  insert into audit_unsealed (entry_id) select id from added;
  return null;
end $$;
create trigger audit_entry_await_seal after insert on audit_entry
  referencing new table as added for each statement execute function audit_await_seal();

-- Append-only, whoever asks.
create function audit_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only: % of % is refused', lower(tg_op), tg_table_name;
end $$;
create trigger audit_entry_append_only before update or delete on audit_entry for each row execute function audit_refuse_change();
create trigger audit_entry_no_truncate before truncate on audit_entry for each statement execute function audit_refuse_change();
create trigger audit_seal_append_only before update or delete on audit_seal for each row execute function audit_refuse_change();
create trigger audit_seal_no_truncate before truncate on audit_seal for each statement execute function audit_refuse_change();

-- How far entries were forwarded, for each target.
create table audit_forward (
  target text primary key,
  seq bigint not null,
  holder text,
  lease_until timestamptz
);
