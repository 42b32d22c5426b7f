create sequence message_seq start with 1 increment by 50;
-- Queued letters: what kind, of which row, in what state. Neither addresses nor text.
create table message (
  id          bigint primary key,
  kind        varchar(20) not null,
  reference   bigint not null,
  state       varchar(10) not null,
  queued_at   timestamp(6) with time zone not null,
  not_before  timestamp(6) with time zone not null,
  expires_at  timestamp(6) with time zone not null,
  attempts    integer not null,
  unknowns    integer not null,
  leased_till timestamp(6) with time zone,
  lease       bigint not null,
  last_reply  varchar(500),
  last_status varchar(12),
  last_try_at timestamp(6) with time zone,
  ended_at    timestamp(6) with time zone,
  constraint message_once unique (kind, reference)
);
create index message_due on message (state, not_before);

create table suppression (
  address_hash varchar(64) primary key,
  reason       varchar(200) not null,
  since        timestamp(6) with time zone not null
);

-- Keys that must outlive every rotation, such as that of the suppression list's hashes.
create table instance_key (
  name     varchar(40) primary key,
  material varchar(200) not null
);
