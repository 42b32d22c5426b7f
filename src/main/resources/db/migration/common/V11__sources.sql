-- Up to where each source was read, when it was last asked, and how that went.
create table source (
  name         varchar(40) primary key,
  since        timestamp(6) with time zone not null,
  read_to      date,
  asked_at     timestamp(6) with time zone,
  rests        bigint not null,
  leased_till  timestamp(6) with time zone,
  answered_at  timestamp(6) with time zone,
  failure      varchar(500)
);
