-- The last sweep of each source that ended early: when, why in words, and after how long.
alter table sweep add column failed_at timestamp(6) with time zone;
alter table sweep add column failed_for varchar(600);
alter table sweep add column failed_after_millis bigint;

-- Since when a system does not answer, as the replica found that called it last, and why in words.
alter table gate add column failing_since timestamp(6) with time zone;
alter table gate add column failing_for varchar(600);

-- What a person is told of (docs/operate/notices.md), until it has ended. taken_until: a replica is sending it; sent_at: it is sent.
-- number: how many, where that is counted.
create table notice (
  name varchar(200) primary key,
  kind varchar(40) not null,
  subject varchar(200) not null,
  words varchar(600) not null,
  number bigint not null,
  began_at timestamp(6) with time zone not null,
  taken_until timestamp(6) with time zone,
  tries int not null,
  sent_at timestamp(6) with time zone
);
