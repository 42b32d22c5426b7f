-- The database itself refuses to change what was noted of operators' acts.
create or replace function desk_audit_stays() returns trigger language plpgsql as
$$ begin raise exception 'What operators did is only ever added to'; end $$;
create or replace trigger desk_audit_stays before update or delete on desk_audit
  for each row execute function desk_audit_stays();
