-- The brake (protocol.md 4): how many records the first sync of a flow, or an edit, has written to, and whether a person has let
-- the rest go. woken_by: the version of routes and mappings for whose sake the item was marked, in that generation;
-- counted_for: the brake that has counted the item.

create table brake (
  name varchar(120) primary key,
  records bigint not null,
  began_at timestamp(6) with time zone not null,
  held_since timestamp(6) with time zone,
  approved_at timestamp(6) with time zone,
  approved_by varchar(200)
);

alter table work_item add column woken_by varchar(64);
alter table work_item add column woken_generation bigint;
alter table work_item add column counted_for varchar(120);
