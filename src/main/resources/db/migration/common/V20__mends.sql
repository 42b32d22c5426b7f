-- What was mended once in stored rows, so that no later start does it again.
create table mend (name varchar(100) primary key);

-- A choice on the preferences page left no date before there was this column: who had any may have chosen last.
update subscriber set chosen_at = current_timestamp;
