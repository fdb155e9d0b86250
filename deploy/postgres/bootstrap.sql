-- One schema and two login roles for each service: <schema>_owner migrates, <schema>_app runs the
-- service and changes rows only. Idempotent. Run it in the datastore's database, in one transaction,
-- as a superuser or as a role with CREATEROLE that may create schemas there, after setting
--
--   drawbridge.schemas             names of the schemas, separated by commas
--   drawbridge.verifier.<role>     each role's SCRAM-SHA-256 verifier; a verifier and no password,
--                                  because pg_stat_statements and the log keep the text of commands
--   drawbridge.own_database        'on' where the database holds nothing but Drawbridge: then only
--                                  these roles may connect to it

select pg_advisory_xact_lock(hashtext('drawbridge.bootstrap'));

do $$
declare
  schema_name text;
  role_name text;
begin
  if current_setting('drawbridge.own_database', true) = 'on' then
    execute format('revoke all on database %I from public', current_database());
    revoke all on schema public from public;
  end if;

  foreach schema_name in array string_to_array(current_setting('drawbridge.schemas'), ',') loop
    foreach role_name in array array[schema_name || '_owner', schema_name || '_app'] loop
      if not exists (select from pg_roles where rolname = role_name) then
        execute format('create role %I login', role_name);
      end if;
      execute format('alter role %I login password %L',
        role_name, current_setting('drawbridge.verifier.' || role_name));
      execute format('grant connect on database %I to %I', current_database(), role_name);
    end loop;

    -- Who is no superuser acts for a role only as its member.
    if not pg_has_role(current_user, schema_name || '_owner', 'usage') then
      execute format('grant %I to current_user', schema_name || '_owner');
    end if;

    execute format('create schema if not exists %I authorization %I',
      schema_name, schema_name || '_owner');
    execute format('grant usage on schema %I to %I', schema_name, schema_name || '_app');
    execute format('alter default privileges for role %I in schema %I '
      'grant select, insert, update, delete on tables to %I',
      schema_name || '_owner', schema_name, schema_name || '_app');
    execute format('alter default privileges for role %I in schema %I '
      'grant usage, select on sequences to %I',
      schema_name || '_owner', schema_name, schema_name || '_app');
    execute format('alter role %I in database %I set statement_timeout = %L',
      schema_name || '_app', current_database(), '5s');
    execute format('alter role %I in database %I set idle_in_transaction_session_timeout = %L',
      schema_name || '_app', current_database(), '10s');
  end loop;
end
$$;
