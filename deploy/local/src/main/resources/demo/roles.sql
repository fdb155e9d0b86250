-- The demo's roles, which belong to the server and not to the demo's database: an owner that nobody
-- logs in as, and the agents' login. Its SCRAM verifier comes as drawbridge.verifier.retail_agent.

do $$
begin
  if not exists (select from pg_roles where rolname = 'retail_owner') then
    create role retail_owner nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'retail_agent') then
    create role retail_agent login connection limit 100;
  end if;
  execute format('alter role retail_agent password %L',
    current_setting('drawbridge.verifier.retail_agent'));
  if not pg_has_role(current_user, 'retail_owner', 'usage') then
    execute 'grant retail_owner to current_user';
  end if;
end
$$;
