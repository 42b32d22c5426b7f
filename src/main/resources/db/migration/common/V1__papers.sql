-- The catalogue. Lists of words are JSON arrays of strings.
create sequence paper_seq start with 1 increment by 50;
create table paper (
  id               bigint primary key,
  public_id        varchar(300) not null,
  title            varchar(1000) not null,
  title_key        varchar(40) not null,
  summary          varchar not null,
  authors          varchar not null,
  author_count     integer not null,
  keywords         varchar not null,
  categories       varchar not null,
  organization     varchar(500),
  doi              varchar(300),
  code             varchar(2000),
  stars            integer,
  project          varchar(2000),
  url              varchar(2000),
  note             varchar(2000),
  published        timestamp(6) with time zone,
  votes            integer,
  comments         integer,
  votes_at_closing integer,
  withdrawn        boolean not null,
  origin           varchar(40) not null,
  first_edition    date not null,
  changed_at       timestamp(6) with time zone not null,
  constraint paper_public_id unique (public_id)
);
create index paper_title_key on paper (title_key);
create index paper_doi on paper (doi);
create index paper_changed_at on paper (changed_at);
create index paper_first_edition on paper (first_edition);
create index paper_origin on paper (origin);

create table edition (
  date      date primary key,
  closed_at timestamp(6) with time zone
);

create sequence entry_seq start with 1 increment by 50;
-- Why a paper is in an edition: a source listed it then, or it was rising.
create table entry (
  id       bigint primary key,
  edition  date not null references edition (date),
  paper_id bigint not null references paper (id) on delete cascade,
  reason   varchar(10) not null,
  source   varchar(40) not null,
  gained   integer,
  score    double precision,
  rank     integer,
  constraint entry_once unique (edition, paper_id, reason, source)
);
create index entry_paper on entry (paper_id);
