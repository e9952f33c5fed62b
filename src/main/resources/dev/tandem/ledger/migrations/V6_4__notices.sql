-- The last sweep of each source that ended early: when, why in words, and after how long.
alter table sweep add column failed_at timestamp(6) with time zone;
alter table sweep add column failed_for varchar(600);
alter table sweep add column failed_after_millis bigint;

-- Since when a system does not answer, as the replica found that called it last, and why in words.
alter table gate add column failing_since timestamp(6) with time zone;
alter table gate add column failing_for varchar(600);

-- What a person is told of (docs/operate/notices.md). A state, such as a closed gate, is here while it lasts; an event, such as newly parked
-- effects, for a week. facts: as JSON, nothing personal.
create table notice (
  name varchar(200) primary key,
  kind varchar(40) not null,
  subject varchar(200) not null,
  facts varchar(4000) not null,
  is_event boolean not null,
  began_at timestamp(6) with time zone not null
);

-- By which way it was sent. taken_until: a replica is sending it, or it is not to be tried before; sent_at: it is sent.
create table notice_delivery (
  name varchar(200) not null,
  channel varchar(20) not null,
  taken_until timestamp(6) with time zone not null,
  tries int not null,
  sent_at timestamp(6) with time zone,
  primary key (name, channel)
);
