-- Calls are audit records now. The table keeps what it has until an administrator drops it.
comment on table gateway.tool_call is 'Tool calls before there was gateway.audit_record.';
revoke insert on gateway.tool_call from gateway_app;
