-- Secrets of a connection beside its login's password (docs/adr/0027-…): keys that sign who asks, and
-- passwords of the logins that its callers read with.
create table gateway.connection_secret (
  tenant     text        not null,
  connection uuid        not null,
  name       text        not null,
  sealed     text        not null,
  in_use     boolean     not null,
  created_at timestamptz not null default now(),
  primary key (tenant, connection, name),
  foreign key (tenant, connection) references gateway.connection on delete cascade
);

comment on column gateway.connection_secret.name is 'key:{id of the key} or login:{name in rls.logins}.';
comment on column gateway.connection_secret.sealed is 'AES-256-GCM under the data key whose id it begins with.';
comment on column gateway.connection_secret.in_use is 'False for a key that the target is not known to have.';
