-- What the preprint server calls a paper that a journal has published since: by it the paper is found though its DOI is the journal's.
alter table paper add column if not exists preprint_doi varchar(300);
create index if not exists paper_preprint_doi on paper (preprint_doi);
-- Which of its versions the words are of, where its source counts them.
alter table paper add column if not exists version integer;
