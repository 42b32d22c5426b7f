-- What came back of accepted messages, each report once: by what it says, not by the mail that brought it.
create table if not exists bounce (
  message_id   bigint not null references message (id) on delete cascade,
  kind         varchar(12) not null,
  digest       varchar(64) not null,
  at           timestamp(6) with time zone not null,
  status       varchar(12),
  cause        varchar(200) not null,
  address_hash varchar(64) not null,
  run          varchar(60) not null,
  suppressed   boolean not null,
  constraint bounce_once primary key (message_id, kind, digest)
);
create index if not exists bounce_run on bounce (run, kind);
create index if not exists bounce_address on bounce (address_hash, at);

-- The letters that left together, such as those for one edition: their reports are judged one after the other.
create table if not exists run (name varchar(60) primary key);

-- Whether the relay had accepted the message and it came back later; at is when it was accepted then.
alter table refusal add column if not exists bounced boolean default false not null;

-- What one process does for all: whoever holds it says until when.
create table if not exists duty (
  name      varchar(40) primary key,
  holder    varchar(36) not null,
  held_till timestamp(6) with time zone not null
);
