-- Tools that tenants define over REST (docs/adr/0039-…). Each change is a row more, a deletion too.
create table gateway.own_tool (
  tenant     text        not null,
  name       text        not null,
  version    bigint      not null check (version > 0),
  -- As it was written; null for a deletion.
  definition json,
  -- What the database said of its statement.
  described  json,
  changed_by text        not null,
  changed_at timestamptz not null default now(),
  primary key (tenant, name, version)
);

comment on table gateway.own_tool is 'Versions of own tools: appended to, never changed.';

revoke update, delete on gateway.own_tool from gateway_app;
