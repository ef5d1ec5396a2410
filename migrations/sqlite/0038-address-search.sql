-- Parts of names and DNS names of address records are found in one index, as those of pools are.
create virtual table address_text using fts5 (name, dns_name, content = 'address', content_rowid = 'id', tokenize = 'trigram');
insert into address_text (address_text) values ('rebuild');
create trigger address_text_insert after insert on address begin
  insert into address_text (rowid, name, dns_name) values (new.id, new.name, new.dns_name);
end;
create trigger address_text_update after update of name, dns_name on address
when new.name <> old.name or new.dns_name is not old.dns_name begin
  insert into address_text (address_text, rowid, name, dns_name) values ('delete', old.id, old.name, old.dns_name);
  insert into address_text (rowid, name, dns_name) values (new.id, new.name, new.dns_name);
end;
create trigger address_text_delete after delete on address begin
  insert into address_text (address_text, rowid, name, dns_name) values ('delete', old.id, old.name, old.dns_name);
end;
