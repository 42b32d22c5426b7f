-- Titles and abstracts as their sources write them, where the plain text is another.
alter table paper add column if not exists title_written varchar(4000);
alter table paper add column if not exists summary_written varchar;
