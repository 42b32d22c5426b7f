-- A reader is found by the beginning of the address, whatever the database's collation.
create index if not exists subscriber_email_prefix on subscriber (email_key varchar_pattern_ops);
