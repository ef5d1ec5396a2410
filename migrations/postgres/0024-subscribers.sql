-- Forwarding is one of those who follow the log. Positions are kept; a subscriber is named by what it is.
create table subscriber (
  name text primary key,
  seq bigint not null,
  holder text,
  lease_until timestamptz
);
insert into subscriber (name, seq) select 'forward ' || target, seq from audit_forward;
drop table audit_forward;
