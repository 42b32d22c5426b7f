-- What a source calls a paper that has neither arXiv id nor DOI there: by it the paper is found though it has a better identity now.
alter table paper add column own_id varchar(20);
create index paper_own_id on paper (own_id);
