alter table gateway.connection
  add column tls_client_certificate text,
  add column prepared_statements boolean not null default false,
  add column region text,
  add column endpoints jsonb not null default '[]';

comment on column gateway.connection.tls_client_certificate is 'PEM; its key is in connection_secret.';
comment on column gateway.connection.prepared_statements is 'Whether a dedicated pooler at host and port keeps them between transactions.';
comment on column gateway.connection.region is 'Where host and port are.';
comment on column gateway.connection.endpoints is 'Other places where the same database can be reached.';
comment on column gateway.connection_secret.name is 'key:{id of the key}, login:{name in rls.logins} or tls:client.';
