-- A sweep is owed from its beginning until one of its source is complete (protocol.md 6). cut_short: how often in a row it
-- has ended before that, and why the last time; again_at: not to be begun again before, null: at once.

alter table sweep add column owed_since timestamp(6) with time zone;
alter table sweep add column cut_short int default 0 not null;
alter table sweep add column cut_short_by varchar(60);
alter table sweep add column again_at timestamp(6) with time zone;

update sweep set owed_since = last_began_at
 where last_began_at is not null and (last_complete_began_at is null or last_complete_began_at < last_began_at or full_wanted);
