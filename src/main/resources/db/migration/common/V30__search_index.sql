-- Which catalogue this is: a search index on disk that was made of another one is known by it.
create table if not exists catalogue (id uuid primary key);
insert into catalogue (id) select gen_random_uuid() where not exists (select 1 from catalogue);
-- At a start every paper's last change is compared with what the search index holds of it; that reads this index alone.
create index if not exists paper_change on paper (revision, id, changed_at, hidden);
drop index if exists paper_revision;
