-- The processes that serve on this database, and by which keys each knows its links; never the keys.
create table replica (
    id varchar(36) primary key,
    name varchar(300) not null,
    key_ids varchar(4000) not null,
    seen_at timestamp with time zone not null
);
