-- Readers whose letters are a feed too. The id stands in its signed address: what was closed or renewed has no row.
create sequence if not exists letter_feed_seq start with 1 increment by 50;
create table if not exists letter_feed (
  id            bigint primary key,
  subscriber_id bigint not null references subscriber (id) on delete cascade,
  made_at       timestamp(6) with time zone not null,
  constraint letter_feed_subscriber unique (subscriber_id)
);
