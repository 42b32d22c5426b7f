-- What is still to be told to a webhook, and what was: which kind, of which row; the words are made when it is sent.
create sequence if not exists notice_seq start with 1 increment by 50;
create table if not exists notice (
  id          bigint primary key,
  kind        varchar(20) not null,
  reference   bigint not null,
  detail      varchar(200) not null,
  at          timestamp(6) with time zone not null,
  attempts    integer not null,
  not_before  timestamp(6) with time zone not null,
  leased_till timestamp(6) with time zone,
  ended_at    timestamp(6) with time zone,
  last_reply  varchar(200)
);
create index if not exists notice_due on notice (ended_at, not_before, id);
