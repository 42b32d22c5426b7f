-- Every try of a message: when, how far the exchange came, what was said. Without addresses.
create table attempt (
  message_id bigint not null references message (id) on delete cascade,
  number     integer not null,
  tried_at   timestamp(6) with time zone not null,
  stage      varchar(10),
  reply      varchar(500),
  status     varchar(12),
  outcome    varchar(10) not null,
  constraint attempt_once primary key (message_id, number)
);

-- Tries made before the message was queued again by hand: the rests between tries count from there.
alter table message add column attempts_before integer default 0 not null;

-- The digests that cover an edition are listed by their last one.
create index digest_to_date on digest (to_date, id);
