-- Forwarding is one of those who follow the log. Positions are kept; a subscriber is named by what it is.
create table subscriber (
  name text primary key,
  seq integer not null,
  holder text,
  lease_until integer
) strict, without rowid;
insert into subscriber (name, seq) select 'forward ' || target, seq from audit_forward;
drop table audit_forward;
