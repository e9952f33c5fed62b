-- Which texts of routes and mappings were checked and found sound, by a hash of them, of the release and of the settings: a start
-- does not check them again.
create table sound_edition (
  fingerprint varchar(64) primary key,
  at timestamp(6) with time zone not null
);
