-- What the operator took out of pages, feeds and letters; the row stays, or a source would bring the paper back.
alter table paper add column hidden boolean default false not null;
-- What the operator put at the head of an edition.
alter table entry add column pinned boolean default false not null;
