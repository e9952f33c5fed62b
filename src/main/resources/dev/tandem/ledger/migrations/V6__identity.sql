-- Which ledger this is: a command acts through a service only if both have the same one. key_check tells at a start whether
-- the payload key is still the one that the ledger was written with; it is a keyed hash of the id.
create table identity (
  id smallint primary key,
  ledger_id varchar(36) not null,
  key_check varchar(100) not null
);

-- Which Tandem a service is, and since when it runs; null of an earlier version.
alter table replica add column software varchar(60);
alter table replica add column started_at timestamp(6) with time zone;
