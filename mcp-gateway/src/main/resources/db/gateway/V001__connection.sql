-- The history of migrations is the owner's alone.
revoke all on gateway.flyway_schema_history from gateway_app;

create table gateway.connection (
  tenant             text        not null,
  id                 uuid        not null,
  name               text        not null,
  host               text        not null,
  port               integer     not null check (port between 1 and 65535),
  database           text        not null,
  username           text        not null,
  sealed_password    text        not null,
  tls_mode           text        not null,
  tls_ca_certificate text,
  mode               text        not null,
  environment        text        not null,
  max_connections    integer     not null check (max_connections > 0),
  allow_writes       boolean     not null,
  rls                jsonb       not null,
  version            bigint      not null,
  idempotency_key    text,
  idempotency_digest text,
  created_at         timestamptz not null default now(),
  updated_at         timestamptz not null default now(),
  primary key (tenant, id),
  constraint connection_name_key unique (tenant, name),
  constraint connection_idempotency_key_key unique (tenant, idempotency_key)
);

comment on table gateway.connection is 'Databases that agents may reach.';
comment on column gateway.connection.sealed_password is 'AES-256-GCM under the data key whose id it begins with.';

-- What the collector may read of it.
create view gateway.monitored_connection as
select tenant, id, name, host, port, database, username, tls_mode, environment, version
  from gateway.connection;
