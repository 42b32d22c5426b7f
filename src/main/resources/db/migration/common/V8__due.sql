-- Messages are claimed in the order of (not_before, id): thousands that were queued at once are not to be sorted for each claim.
drop index message_due;
create index message_due on message (state, not_before, id);
