-- Until when one process signs in to this system while the others wait: simultaneous sign-ins lose tokens (protocol.md 3).
alter table gate add column signing_in_until timestamp(6) with time zone;
