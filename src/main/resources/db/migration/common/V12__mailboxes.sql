-- The mailbox that an address leads to, by whatever spelling: what EmailAddress.mailbox() says.
alter table subscriber add column mailbox_key varchar(320);
update subscriber set mailbox_key = email_key;
update subscriber set mailbox_key = substring(mailbox_key from 1 for position('+' in mailbox_key) - 1)
  || substring(mailbox_key from position('@' in mailbox_key))
  where position('+' in mailbox_key) > 1;
update subscriber set mailbox_key =
  replace(substring(mailbox_key from 1 for position('@' in mailbox_key) - 1), '.', '') || '@gmail.com'
  where mailbox_key like '%@gmail.com' or mailbox_key like '%@googlemail.com';
update subscriber set mailbox_key = replace(replace(replace(
  substring(mailbox_key from 1 for position('@' in mailbox_key) - 1), '.', ''), '-', ''), '_', '') || '@proton.me'
  where mailbox_key like '%@proton.me' or mailbox_key like '%@protonmail.com' or mailbox_key like '%@pm.me';
alter table subscriber alter column mailbox_key set not null;
create index subscriber_mailbox_key on subscriber (mailbox_key);

-- Requests for one mailbox wait for each other at one of these rows, also for one that nobody has asked for yet.
create table mailbox_lock (stripe integer primary key);
insert into mailbox_lock (stripe) values
  (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15),
  (16), (17), (18), (19), (20), (21), (22), (23), (24), (25), (26), (27), (28), (29), (30), (31),
  (32), (33), (34), (35), (36), (37), (38), (39), (40), (41), (42), (43), (44), (45), (46), (47),
  (48), (49), (50), (51), (52), (53), (54), (55), (56), (57), (58), (59), (60), (61), (62), (63);
