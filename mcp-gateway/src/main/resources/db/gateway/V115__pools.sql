alter table gateway.connection
  add column pools jsonb not null default '{}';

comment on column gateway.connection.pools is 'What agents of each class get of its sessions, where it is not what is configured.';
