-- OSCaR's clients read by windows of their creation (protocol.md 6). Such a read shows each client in the lesser of the
-- feed's two shapes, which has a fingerprint and a snapshot of its own.

alter table work_item add column window_fingerprint varchar(100);

create table windowed_snapshot (
  flow varchar(40) not null,
  record varchar(200) not null,
  generation bigint not null,
  requested_at timestamp(6) with time zone not null,
  read_at timestamp(6) with time zone not null,
  key_id varchar(20) not null,
  payload bytea not null,
  primary key (flow, record)
);

-- How far a windowed read has come (read_to is null while none is under way), and from when changes are asked for, if not
-- from the day before the last complete sweep.
create table window_read (
  source varchar(40) primary key,
  by_windows boolean not null,
  began_at timestamp(6) with time zone,
  read_to timestamp(6) with time zone,
  first_at timestamp(6) with time zone,
  window_seconds bigint not null,
  usual_seconds bigint not null,
  spent_millis bigint not null,
  unreadable varchar(4000) not null,
  changes_failed int not null,
  changes_from timestamp(6) with time zone
);
