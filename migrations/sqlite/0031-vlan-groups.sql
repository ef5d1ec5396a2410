-- Groups of VLANs. A VLAN lies in the one that its group_name names; VLANs that name none stay as they are.
create table vlan_group (
  id integer primary key autoincrement,
  name text not null unique,
  description text not null,
  -- [[first, last], ...]: VLAN ids, in order and apart from each other.
  vid_ranges text not null check (json_valid(vid_ranges)),
  account_id integer references account,
  site text,
  created_at integer not null,
  updated_at integer not null,
  version integer not null,
  check (account_id is null or site is null)
) strict;
create index vlan_group_of_account on vlan_group (account_id) where account_id is not null;

alter table vlan add column group_id integer references vlan_group;
-- The VLAN ids are unique in a group by its name and theirs.
create unique index vlan_group_name_of_vlan on vlan (group_id, name) where group_id is not null;

create trigger vlan_in_group_insert before insert on vlan
when new.group_id is not (select id from vlan_group where name = new.group_name) begin
  select raise(abort, 'constraint failed: vlan_in_group');
end;
create trigger vlan_in_group_update before update of group_id, group_name on vlan
when new.group_id is not (select id from vlan_group where name = new.group_name) begin
  select raise(abort, 'constraint failed: vlan_in_group');
end;
create trigger vlan_in_ranges_insert before insert on vlan
when new.group_id is not null and not exists (
  select 1 from vlan_group g, json_each(g.vid_ranges) range
  where g.id = new.group_id and new.vid between range.value ->> 0 and range.value ->> 1) begin
  select raise(abort, 'constraint failed: vlan_in_ranges');
end;
create trigger vlan_in_ranges_update before update of vid, group_id on vlan
when new.group_id is not null and not exists (
  select 1 from vlan_group g, json_each(g.vid_ranges) range
  where g.id = new.group_id and new.vid between range.value ->> 0 and range.value ->> 1) begin
  select raise(abort, 'constraint failed: vlan_in_ranges');
end;
create trigger vlan_group_ranges before update of vid_ranges on vlan_group
when exists (
  select 1 from vlan v where v.group_id = new.id and not exists (
    select 1 from json_each(new.vid_ranges) range
    where v.vid between range.value ->> 0 and range.value ->> 1)) begin
  select raise(abort, 'constraint failed: vlan_in_ranges');
end;
-- VLANs go along with the name of their group.
create trigger vlan_group_name after update of name on vlan_group when new.name <> old.name begin
  update vlan set group_name = new.name where group_id = new.id;
end;
