-- What is wrong with a source, how often in a row it did not want to be asked, when a request to it last ended or will
-- leave, when it last brought a paper that was not known, and up to where it was read by its own reckoning.
alter table source add column if not exists trouble varchar(10);
alter table source add column if not exists refusals integer default 0 not null;
alter table source add column if not exists requested_at timestamp(6) with time zone;
alter table source add column if not exists fresh_at timestamp(6) with time zone;
alter table source add column if not exists bookmark varchar(20000);
