-- A change of a reader's address waits as a request for the button in the letter to the new one; a notice goes to the old
-- one. Requests of other kinds go to the subscriber's own address and have none of these.
alter table request add column if not exists address varchar(320);
alter table request add column if not exists address_key varchar(320);
alter table request add column if not exists mailbox_key varchar(320);
-- Who asked for it, as the consent says.
alter table request add column if not exists asked_by varchar(200);
-- When it was called off, or another one took its place.
alter table request add column if not exists stopped_at timestamp(6) with time zone;
-- The address that was left by it: where letters went until applied_at.
alter table request add column if not exists former varchar(320);
create index if not exists request_mailbox on request (mailbox_key);
-- A consent may name two addresses.
alter table consent alter column wording set data type varchar(1000);
