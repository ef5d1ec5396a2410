-- Parts of names and of cloud ids are found in one index, of pools and of what clouds have.
drop trigger pool_name_insert;
drop trigger pool_name_update;
drop trigger pool_name_delete;
drop table pool_name;

create virtual table pool_text using fts5 (name, external_id, content = 'pool', content_rowid = 'id', tokenize = 'trigram');
insert into pool_text (pool_text) values ('rebuild');
create trigger pool_text_insert after insert on pool begin
  insert into pool_text (rowid, name, external_id) values (new.id, new.name, new.external_id);
end;
create trigger pool_text_update after update of name, external_id on pool
when new.name <> old.name or new.external_id is not old.external_id begin
  insert into pool_text (pool_text, rowid, name, external_id) values ('delete', old.id, old.name, old.external_id);
  insert into pool_text (rowid, name, external_id) values (new.id, new.name, new.external_id);
end;
create trigger pool_text_delete after delete on pool begin
  insert into pool_text (pool_text, rowid, name, external_id) values ('delete', old.id, old.name, old.external_id);
end;

create virtual table resource_text using fts5 (name, external_id, content = 'resource', content_rowid = 'id', tokenize = 'trigram');
insert into resource_text (resource_text) values ('rebuild');
create trigger resource_text_insert after insert on resource begin
  insert into resource_text (rowid, name, external_id) values (new.id, new.name, new.external_id);
end;
create trigger resource_text_update after update of name, external_id on resource
when new.name <> old.name or new.external_id <> old.external_id begin
  insert into resource_text (resource_text, rowid, name, external_id) values ('delete', old.id, old.name, old.external_id);
  insert into resource_text (rowid, name, external_id) values (new.id, new.name, new.external_id);
end;
create trigger resource_text_delete after delete on resource begin
  insert into resource_text (resource_text, rowid, name, external_id) values ('delete', old.id, old.name, old.external_id);
end;
