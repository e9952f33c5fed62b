-- When this ledger was last put back from a backup: what was sent between the backup and then is unknown to it.
alter table ledger add column restored_at timestamp(6) with time zone;
