create sequence subscriber_seq start with 1 increment by 50;
-- Preferences take effect by confirming; interests are lines of the language of interests.
create table subscriber (
  id           bigint primary key,
  email        varchar(320) not null,
  email_key    varchar(320) not null,
  consent      varchar(12) not null,
  frequency    varchar(10) not null,
  weekday      integer not null,
  send_hour    integer not null,
  zone         varchar(60) not null,
  size         integer not null,
  fill         boolean not null,
  min_votes    integer not null,
  pause_until  date,
  interests    varchar not null,
  created_at   timestamp(6) with time zone not null,
  confirmed_at timestamp(6) with time zone,
  constraint subscriber_email_key unique (email_key)
);

create sequence consent_seq start with 1 increment by 50;
-- What a person said, when, and under which words; only ever added to.
create table consent (
  id            bigint primary key,
  subscriber_id bigint not null references subscriber (id) on delete cascade,
  consent       varchar(12) not null,
  at            timestamp(6) with time zone not null,
  wording       varchar(500) not null
);
create index consent_subscriber on consent (subscriber_id);

create sequence request_seq start with 1 increment by 50;
-- What was typed on the form, waiting for the mailed link; or a link that was asked for.
create table request (
  id            bigint primary key,
  subscriber_id bigint not null references subscriber (id) on delete cascade,
  kind          varchar(12) not null,
  asked_at      timestamp(6) with time zone not null,
  applied_at    timestamp(6) with time zone,
  preferences   varchar
);
create index request_subscriber on request (subscriber_id, asked_at);

-- Where each reader stands in the stream of editions.
create table reader (
  subscriber_id bigint primary key references subscriber (id) on delete cascade,
  covered       date not null,
  last_date     date,
  next_due      timestamp(6) with time zone,
  seen          varchar not null
);
create index reader_next_due on reader (next_due);

create sequence digest_seq start with 1 increment by 50;
-- What was chosen for a reader and why; the letter is made from it again at need.
-- given_back is the row's own id where the digest expired and its range is free again.
create table digest (
  id            bigint primary key,
  subscriber_id bigint not null references subscriber (id) on delete cascade,
  kind          varchar(10) not null,
  from_date     date not null,
  to_date       date not null,
  composed_at   timestamp(6) with time zone not null,
  local_date    date not null,
  items         varchar not null,
  given_back    bigint not null,
  constraint digest_range unique (subscriber_id, from_date, to_date, given_back)
);
