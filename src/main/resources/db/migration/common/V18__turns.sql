-- What only one process may do at a time: whoever does it holds the row locked.
create table turn (name varchar(40) primary key);
insert into turn (name) values ('ingest');
