-- The services that share this ledger, and with which version of routes and mappings and which payload key each works; since
-- when it has been those.

create table replica (
  id varchar(200) primary key,
  version varchar(64) not null,
  key_id varchar(20) not null,
  since timestamp(6) with time zone not null,
  seen_at timestamp(6) with time zone not null
);
