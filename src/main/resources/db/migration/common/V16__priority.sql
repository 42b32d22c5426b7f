-- What somebody waits for (0) is claimed before what goes out in runs (1), each in the order of (not_before, id).
alter table message add column priority smallint default 1 not null;
update message set priority = 0 where state = 'QUEUED' and kind in ('service', 'alarm');
drop index message_due;
create index message_due on message (state, priority, not_before, id);

-- When a letter was composed whose life counts from then, and under which lease; null where no such letter can have left.
alter table message add column composed_at timestamp(6) with time zone;
alter table message add column composed_under bigint;
