-- Calls of tools whose clients come back for the answer, to whichever replica.
create table gateway.mcp_task (
  tenant_id        text        not null,
  id               uuid        not null,
  caller_id        uuid        not null,
  status           text        not null
                   check (status in ('working', 'input_required', 'completed', 'failed', 'cancelled')),
  content          text        not null,
  cancel_requested boolean     not null default false,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  expires_at       timestamptz not null,
  alive_until      timestamptz not null,
  primary key (tenant_id, id)
);

create index mcp_task_caller_idx on gateway.mcp_task (tenant_id, caller_id);
create index mcp_task_expires_at_idx on gateway.mcp_task (expires_at);

comment on column gateway.mcp_task.content is 'Sealed for mcp-task:{id}: the call, and its answer, error or questions.';
comment on column gateway.mcp_task.alive_until is 'While it is working, the replica that runs it moves this on. Once it has passed, that replica is gone.';
