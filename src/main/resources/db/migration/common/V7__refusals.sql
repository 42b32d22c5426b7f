-- What relays said against addresses, by the hashes of the suppression list: one row for each message refused.
create table refusal (
  address_hash varchar(64) not null,
  message      bigint not null,
  meaning      varchar(20) not null,
  at           timestamp(6) with time zone not null,
  constraint refusal_once primary key (address_hash, message)
);
create index refusal_at on refusal (at);

-- Why letters rest, where it was not the reader who said so.
alter table subscriber add column pause_reason varchar(20);

-- What the operator was told: one row, and so one letter, for each kind of alarm and day.
create sequence alarm_seq start with 1 increment by 50;
create table alarm (
  id        bigint primary key,
  kind      varchar(20) not null,
  raised_on date not null,
  raised_at timestamp(6) with time zone not null,
  text      varchar(1000) not null,
  constraint alarm_once unique (kind, raised_on)
);
