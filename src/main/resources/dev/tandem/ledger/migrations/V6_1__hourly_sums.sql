-- What the journal held of each hour that is over: kept when the journal's own lines are forgotten, so that a year costs nothing.
-- delay_seconds: over its lines, from when each effect was first known to be owed until it had arrived. Counts only.
create table journal_hour (
  at timestamp(6) with time zone not null,
  flow varchar(40) not null,
  event varchar(30) not null,
  lines bigint not null,
  delay_seconds bigint not null,
  primary key (at, flow, event)
);
