-- What the operator did last for the database as a whole, such as a backup: when, and in a few words.
create table if not exists upkeep (
  name varchar(40) primary key,
  at   timestamp(6) with time zone not null,
  said varchar(500) not null
);
