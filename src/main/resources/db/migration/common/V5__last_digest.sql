-- The reader's newest digest: the only one of theirs that can still wait in the outbox.
alter table reader add column last_digest bigint;
update reader set last_digest = (select max(d.id) from digest d where d.subscriber_id = reader.subscriber_id);
