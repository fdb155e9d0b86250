-- What a creation with an Idempotency-Key answered, for a day.
create table auth.idempotency (
  tenant_id  text        not null references auth.tenant,
  user_id    uuid        not null,
  key        text        not null,
  -- A digest of the request, sealed: a body may hold a password, and a bare digest could be guessed.
  request    text        not null,
  location   text,
  etag       text,
  -- Null where the answer held a secret that is shown only once.
  answer     text,
  expires_at timestamptz not null,
  primary key (tenant_id, user_id, key),
  foreign key (tenant_id, user_id) references auth.users on delete cascade
);

create index idempotency_expires_at_idx on auth.idempotency (expires_at);
