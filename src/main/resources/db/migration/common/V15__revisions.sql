-- Which change made a row what it is: what is kept in memory of papers and editions asks for newer ones by it.
create sequence catalogue_revision start with 1 increment by 1;
alter table paper add column revision bigint default 0 not null;
alter table edition add column revision bigint default 0 not null;
-- Each of the rows that are there is a change of its own, so that they can be read in pages.
update paper set revision = -id;
create index paper_revision on paper (revision, id);
drop index paper_changed_at;
