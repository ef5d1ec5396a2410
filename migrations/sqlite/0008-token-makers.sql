-- Who made a token, by the name they had then.
alter table token add column created_by_name text not null default '';
update token set created_by_name = coalesce(
  (select u.name from app_user u where token.created_by = 'user:' || u.id),
  (select t.name from token t where t.public_id = token.created_by),
  created_by);
