-- When the reader last chose what they are sent, on a page; null where all of it came from files.
alter table subscriber add column chosen_at timestamp(6) with time zone;
update subscriber set chosen_at = (select max(r.applied_at) from request r where r.subscriber_id = subscriber.id);

-- Whether somebody named the time zone; else it is the instance's, and a form may guess a better one.
alter table subscriber add column zone_chosen boolean default true not null;
update subscriber set zone_chosen = false where zone = 'UTC';
