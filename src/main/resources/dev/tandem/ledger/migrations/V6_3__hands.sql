-- What a person decided about a record (protocol.md 9). by_hand: the record was linked to its twin by a person, who knows better
-- than what the two systems show.
alter table link add column by_hand boolean default false not null;

-- Pairs that a person took apart: no rule links them again.
create table unlinked (
  flow varchar(40) not null,
  record varchar(200) not null,
  twin varchar(200) not null,
  at timestamp(6) with time zone not null,
  primary key (flow, record, twin)
);

-- What was sent of records that were forgotten: hashes under a secret of this ledger, which is encrypted by the payload key.
-- additions: how often hashes were added, so that whoever knows them sees that there are new ones.
create table forgotten (
  hash varchar(60) primary key
);

create table forgotten_secret (
  id smallint primary key,
  key_id varchar(20) not null,
  payload bytea not null,
  additions bigint not null
);
