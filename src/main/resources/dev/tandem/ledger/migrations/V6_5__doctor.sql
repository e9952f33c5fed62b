-- What the service's own examination of both systems found and is still so (docs/operate/doctor.md). at_first: it was so when they
-- were first examined, so nothing has drifted. Names of fields, codes and accounts only, nothing of a record.
create table finding (
  check_name varchar(200) not null,
  subject varchar(200) not null,
  level varchar(20) not null,
  words varchar(600) not null,
  remedy varchar(600) not null,
  since timestamp(6) with time zone not null,
  at_first boolean not null,
  primary key (check_name, subject)
);

-- The last one: when, and under which version of routes and mappings.
create table examination (
  id smallint primary key,
  at timestamp(6) with time zone not null,
  version varchar(200) not null
);

-- What a person should know of: what fails or will, and what has changed since the first examination.
create view drift as
  select check_name, subject, level, words, remedy, since from finding where level = 'fault' or not at_first;
