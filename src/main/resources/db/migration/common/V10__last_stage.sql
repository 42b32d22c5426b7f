-- What ended a message stands in its own row: most end at their first try, and need no second row then. The table attempt
-- keeps the tries that did not end it, and those that did before it was queued again.
alter table message add column last_stage varchar(10);
