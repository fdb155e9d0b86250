-- Sessions of MCP up to 2025-11-25, which any replica of the gateway goes on with.
create table gateway.mcp_session (
  tenant_id      text        not null,
  digest         text        not null check (length(digest) = 43),
  caller_id      uuid        not null,
  credential_id  uuid        not null,
  initialization jsonb       not null,
  log_level      text,
  subscriptions  text[]      not null default '{}',
  doubted        boolean     not null default false,
  begun_at       timestamptz not null default clock_timestamp(),
  used_at        timestamptz not null default now(),
  primary key (tenant_id, digest)
);

create index mcp_session_caller_idx on gateway.mcp_session (tenant_id, caller_id, begun_at);
create index mcp_session_used_at_idx on gateway.mcp_session (used_at);
create index mcp_session_credential_idx on gateway.mcp_session (credential_id);

comment on column gateway.mcp_session.digest is 'SHA-256 of its id, base64url. The id itself is kept nowhere.';
comment on column gateway.mcp_session.doubted is 'Its caller''s rights or credentials changed: only its own credential, which is judged anew, still proves that it stands.';
