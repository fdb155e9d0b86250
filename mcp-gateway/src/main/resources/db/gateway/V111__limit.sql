-- What is used of limits, at all replicas together. After a crash all of it may be used anew.
create unlogged table gateway.limit_bucket (
  tenant_id  text        not null,
  id         text        not null,
  state      bytea       not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);

create index limit_bucket_expires_at_idx on gateway.limit_bucket (expires_at);

comment on column gateway.limit_bucket.state is 'Of Bucket4j. A bucket that is not here is full.';
comment on column gateway.limit_bucket.expires_at is 'When it is full again.';
