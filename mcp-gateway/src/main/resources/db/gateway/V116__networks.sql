alter table gateway.connection
  add column networks text[] not null default '{}';

comment on column gateway.connection.networks is 'From where callers use it; empty for anywhere.';
