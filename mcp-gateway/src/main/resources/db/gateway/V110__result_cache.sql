alter table gateway.connection
  add column cache jsonb not null default '{}';

comment on column gateway.connection.cache is 'Whether results are kept without each call asking for it, and for how long.';
