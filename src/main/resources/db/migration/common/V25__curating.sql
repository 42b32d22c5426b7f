-- What the operator took out of pages, feeds and letters; the row stays, or a source would bring the paper back.
alter table paper add column if not exists hidden boolean default false not null;
-- What the operator put at the head of an edition.
alter table entry add column if not exists pinned boolean default false not null;
