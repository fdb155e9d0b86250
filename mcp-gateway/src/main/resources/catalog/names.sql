-- $1 schema whose tables are wanted, or null for schemas; $2 table of it whose columns are wanted,
-- or null; $3 like-pattern; $4 what names should rather begin with; $5 limit.
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
           and $2::text is null
           and c.relkind in ('r', 'p', 'v', 'm', 'f')
           and has_schema_privilege(n.oid, 'usage')
           and has_any_column_privilege(c.oid, 'select')
         union all
        select a.attname::text
          from pg_catalog.pg_attribute a
          join pg_catalog.pg_class c on c.oid = a.attrelid
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where n.nspname = $1
           and c.relname = $2
           and c.relkind in ('r', 'p', 'v', 'm', 'f')
           and a.attnum > 0
           and not a.attisdropped
           and has_schema_privilege(n.oid, 'usage')
           and has_column_privilege(c.oid, a.attnum, 'select')) names
 where name ilike $3
 order by not starts_with(lower(name), lower($4)), name
 limit $5::int
