-- $1 schema whose tables are wanted, or null for schemas; $2 like-pattern.
select name
  from (select n.nspname::text as name
          from pg_catalog.pg_namespace n
         where $1::text is null
           and n.nspname not in ('pg_catalog', 'information_schema')
           and n.nspname not like 'pg\_toast%'
           and n.nspname not like 'pg\_temp%'
           and has_schema_privilege(n.oid, 'usage')
         union all
        select c.relname::text
          from pg_catalog.pg_class c
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where n.nspname = $1
           and c.relkind in ('r', 'p', 'v', 'm', 'f')
           and has_schema_privilege(n.oid, 'usage')
           and has_any_column_privilege(c.oid, 'select')) names
 where name ilike $2
 order by name
 limit 100
