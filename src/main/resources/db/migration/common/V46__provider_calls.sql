-- Tokens that providers' calls brought, as hashes, with that of what was told: a signature that does not cover the body
-- cannot be used for another one.
create table if not exists provider_call (
  token varchar(64) primary key,
  body  varchar(64) not null,
  at    timestamp(6) with time zone not null
);
create index if not exists provider_call_at on provider_call (at);
