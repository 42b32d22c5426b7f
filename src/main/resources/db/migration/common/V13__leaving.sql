-- When the person last left; it stays when they come back.
alter table subscriber add column left_at timestamp(6) with time zone;
update subscriber set left_at = (select max(c.at) from consent c
  where c.subscriber_id = subscriber.id and c.consent = 'WITHDRAWN');
update subscriber set left_at = created_at where consent = 'WITHDRAWN' and left_at is null;
-- Who left waits for no confirmation, whatever a file said of them.
update subscriber set consent = 'WITHDRAWN' where consent = 'PENDING' and left_at is not null;

-- When readers of a mailbox left who have been erased since: keyed hashes of mailboxes, as the suppression list has of addresses.
create table leaving (
  mailbox_hash varchar(64) primary key,
  left_at      timestamp(6) with time zone not null
);
