-- Resources and prompts that tenants define over REST, kept as tools are (docs/adr/0039-…).
create table gateway.own_resource (like gateway.own_tool including all);
create table gateway.own_prompt (like gateway.own_tool including all);

comment on table gateway.own_resource is 'Versions of own resources: appended to, never changed.';
comment on table gateway.own_prompt is 'Versions of own prompts: appended to, never changed.';

revoke update, delete on gateway.own_resource, gateway.own_prompt from gateway_app;
