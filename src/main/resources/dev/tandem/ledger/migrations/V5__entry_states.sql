-- In which states a part of a record, and the record with it, were read since the part was first shown: those that differ from
-- the one before, oldest first, as "record>part" with commas between (mapping facts R25). Codes only, nothing personal.
alter table tie add column states varchar(600);
