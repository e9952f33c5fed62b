-- Kinds of calls that a system does not answer itself (protocol.md 3, "Held by kind"). held_since: null while all of the
-- kind may go. trying: the record whose turn it is while the others are held. tries: how many had their turn.
create table held_call (
  kind varchar(300) primary key,
  system varchar(40) not null,
  words varchar(250) not null,
  failing_since timestamp(6) with time zone not null,
  held_since timestamp(6) with time zone,
  was_held boolean not null,
  next_try_at timestamp(6) with time zone,
  tries int not null,
  trying varchar(300)
);

-- The records that failed. counts: since the system last answered one of the kind itself.
create table held_call_record (
  kind varchar(300) not null,
  flow varchar(40) not null,
  record varchar(200) not null,
  counts boolean not null,
  primary key (kind, flow, record)
);
