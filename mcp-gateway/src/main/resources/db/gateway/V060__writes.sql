alter table gateway.connection
  add column write_mode text not null default 'DML';

comment on column gateway.connection.write_mode is 'How far statements may go where allow_writes.';

-- Confirmations that were used. They are sealed and short-lived, so only the used ones are known.
create table gateway.used_confirmation (
  tenant     text        not null,
  id         uuid        not null,
  expires_at timestamptz not null,
  primary key (tenant, id)
);

create index used_confirmation_expires_at_idx on gateway.used_confirmation (expires_at);

comment on table gateway.used_confirmation is 'So that each is used once. Rows may go once they have expired.';
