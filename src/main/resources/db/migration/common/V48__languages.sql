-- The language of a reader, as a BCP 47 tag.
alter table subscriber add column if not exists language varchar(35) default 'en' not null;

-- That of a letter, which is composed again as it was: its reader may choose another one before a second try.
alter table digest add column if not exists language varchar(35) default 'en' not null;
alter table request add column if not exists language varchar(35) default 'en' not null;
