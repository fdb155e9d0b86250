create table gateway.tool_call (
  id            uuid        not null,
  at            timestamptz not null,
  tenant        text        not null,
  user_id       uuid        not null,
  credential_id uuid        not null,
  tool          text        not null,
  connection    text,
  outcome       text        not null,
  rows          integer     not null,
  bytes         integer     not null,
  duration_us   integer     not null,
  sql_digest    bigint,
  trace_id      text        not null
);

create index tool_call_tenant_at_idx on gateway.tool_call using brin (at);

comment on table gateway.tool_call is 'Every tool call, answered or refused. Appended to, never changed.';

-- The application writes records and cannot change them.
revoke update, delete on gateway.tool_call from gateway_app;
