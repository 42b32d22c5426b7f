-- Where a source shows a picture of a paper, and the hash of the thumbnail made of it.
alter table paper add column if not exists picture varchar(2000);
alter table paper add column if not exists thumbnail varchar(24);

-- What is fetched. next_try is null where it was fetched or given up.
create table if not exists thumbnail (
  paper_id bigint primary key references paper (id) on delete cascade,
  address  varchar(2000) not null,
  tries    integer not null,
  next_try timestamp(6) with time zone
);

-- What was made of it, a JPEG in base 64; apart, for H2 reads whole rows.
create table if not exists thumbnail_image (
  paper_id bigint primary key references paper (id) on delete cascade,
  image    varchar(400000) not null
);
