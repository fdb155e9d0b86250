select jsonb_build_object(
         'database', current_database(),
         'version', current_setting('server_version'),
         'encoding', current_setting('server_encoding'),
         'timezone', current_setting('timezone'),
         'standby', pg_is_in_recovery(),
         'sizeBytes', case when has_database_privilege(current_database(), 'connect')
                           then pg_database_size(current_database()) end,
         'schemas', (select jsonb_agg(nspname order by nspname)
                       from pg_catalog.pg_namespace
                      where nspname not in ('pg_catalog', 'information_schema')
                        and nspname not like 'pg\_toast%'
                        and nspname not like 'pg\_temp%'
                        and has_schema_privilege(oid, 'usage')),
         'extensions', (select jsonb_agg(extname || ' ' || extversion order by extname)
                          from pg_catalog.pg_extension))
