alter table gateway.connection
  add column database_credentials boolean not null default false;

comment on column gateway.connection.database_credentials is 'Whether logins of the database itself may sign in for it.';
