-- What readers say of papers: that they want more or less like them, or to keep them. What it was before the last press in
-- a letter stands beside it, so that the letter can take its own press back.
create sequence if not exists liked_seq start with 1 increment by 50;
create table if not exists liked (
  id             bigint primary key,
  subscriber_id  bigint not null references subscriber (id) on delete cascade,
  paper          varchar(300) not null,
  leaning        varchar(4),
  saved          boolean default false not null,
  active         boolean default true not null,
  library        boolean default false not null,
  title          varchar(1000),
  text           varchar(2000),
  said_at        timestamp(6) with time zone not null,
  digest_id      bigint,
  before_leaning varchar(4),
  before_saved   boolean default false not null,
  before_active  boolean default true not null,
  before_library boolean default false not null,
  constraint liked_once unique (subscriber_id, paper)
);
-- Lines that a press in a letter took out of a reader's interests, to be brought back.
create sequence if not exists muted_seq start with 1 increment by 50;
create table if not exists muted (
  id            bigint primary key,
  subscriber_id bigint not null references subscriber (id) on delete cascade,
  line          varchar(300) not null,
  place         integer not null,
  digest_id     bigint not null,
  muted_at      timestamp(6) with time zone not null,
  constraint muted_once unique (subscriber_id, line)
);
-- How often the links of a letter were pressed in one hour, counted from 1970; a letter of another hour begins anew.
create table if not exists pressed (
  digest_id bigint primary key references digest (id) on delete cascade,
  in_hour   bigint not null,
  presses   integer not null
);
-- Up to which paper likeness is learned, so that all processes learn the same.
create table if not exists likeness (
  id      integer primary key,
  newest  bigint not null,
  papers  integer not null,
  version varchar(36) not null
);
-- The newest that was said as lines of the language of interests, read with each reader: one column and no join.
alter table subscriber add column if not exists learned varchar;
