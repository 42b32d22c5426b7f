-- An edition that was filled with the past takes part in no scheduled digest.
alter table edition add column history boolean default false not null;

-- A digest by hand may cover the same range as a scheduled one.
alter table digest drop constraint digest_range;
alter table digest add constraint digest_range unique (subscriber_id, from_date, to_date, kind, given_back);
