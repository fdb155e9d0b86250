\startpipeline
BEGIN TRANSACTION READ ONLY;
select pg_catalog.set_config('statement_timeout', '30000', true),
       pg_catalog.set_config('lock_timeout', '2000', true),
       pg_catalog.set_config('idle_in_transaction_session_timeout', '30000', true),
       pg_catalog.set_config('work_mem', '16MB', true),
       pg_catalog.set_config('jit', 'off', true),
       pg_catalog.set_config('standard_conforming_strings', 'on', true),
       pg_catalog.pg_advisory_unlock_all(),
       pg_catalog.set_config('request.jwt.claims', :claims, true),
       pg_catalog.set_config('app.current_rls_user_id', :caller, true),
       pg_catalog.set_config('app.region', :nothing, true),
       pg_catalog.set_config('app.retail_role', :role, true),
       pg_catalog.set_config('app.store_id', :nothing, true);
@{statement};
ROLLBACK;
\endpipeline
