-- What stands in the schema drawbridge, and what the session's login could do to it.
select exists (select 1
                 from pg_catalog.pg_proc p
                where p.pronamespace = n.oid
                  and p.proname = 'claims'
                  and p.pronargs = 0),
       pg_has_role(session_user, n.nspowner, 'member')
         or has_schema_privilege(session_user, n.oid, 'create')
         or exists (select 1
                      from pg_catalog.pg_proc p
                     where p.pronamespace = n.oid
                       and pg_has_role(session_user, p.proowner, 'member'))
         or exists (select 1
                      from pg_catalog.pg_class c
                     where c.relnamespace = n.oid
                       and pg_has_role(session_user, c.relowner, 'member')),
       exists (select 1
                 from pg_catalog.pg_class c
                where c.relnamespace = n.oid
                  and c.relname = 'key'
                  and (has_any_column_privilege(session_user, c.oid, 'select')
                       or has_any_column_privilege(session_user, c.oid, 'insert')
                       or has_any_column_privilege(session_user, c.oid, 'update')
                       or not c.relrowsecurity)),
       exists (select 1
                 from pg_catalog.pg_proc p
                where p.pronamespace = n.oid
                  and p.proname = 'claims'
                  and (not p.prosecdef
                       or p.proconfig is distinct from
                          array['search_path=pg_catalog, pg_temp']))
  from pg_catalog.pg_namespace n
 where n.nspname = 'drawbridge'
