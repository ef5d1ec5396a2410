-- Parts of names of ranges are found in an index, as those of pools and addresses are.
create virtual table address_range_text using fts5 (name, content = 'address_range', content_rowid = 'id', tokenize = 'trigram');
insert into address_range_text (address_range_text) values ('rebuild');
create trigger address_range_text_insert after insert on address_range begin
  insert into address_range_text (rowid, name) values (new.id, new.name);
end;
create trigger address_range_text_update after update of name on address_range when new.name <> old.name begin
  insert into address_range_text (address_range_text, rowid, name) values ('delete', old.id, old.name);
  insert into address_range_text (rowid, name) values (new.id, new.name);
end;
create trigger address_range_text_delete after delete on address_range begin
  insert into address_range_text (address_range_text, rowid, name) values ('delete', old.id, old.name);
end;
