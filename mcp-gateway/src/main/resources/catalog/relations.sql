-- $1 schemas, $2 relations of each at most, $3 whether a digest is wanted of what is told but for
-- the rows.
-- Row estimates are left out where row-level security hides rows: they would tell how many.
select case when $3::boolean
            then jsonb_build_object('schema', n.nspname, 'digest', md5(relations.told::text))
            else jsonb_strip_nulls(
                   jsonb_build_object(
                     'schema', n.nspname,
                     'comment', left(obj_description(n.oid, 'pg_namespace'), 200),
                     'tables', coalesce(relations.told, '[]'))) end
  from pg_catalog.pg_namespace n
  cross join lateral (
    select jsonb_agg(
             jsonb_strip_nulls(
               jsonb_build_object(
                 'name', c.relname,
                 'kind', case c.relkind when 'r' then 'table' when 'p' then 'table'
                                        when 'v' then 'view' when 'm' then 'materialized view'
                                        else 'foreign table' end,
                 'rows', case when not $3::boolean and not c.relrowsecurity and c.reltuples >= 0
                              then c.reltuples::bigint end,
                 'comment', left(obj_description(c.oid, 'pg_class'), 200)))
             order by c.relname) as told
      from (select oid, relname, relkind, relrowsecurity, reltuples
              from pg_catalog.pg_class
             where relnamespace = n.oid
               and relkind in ('r', 'p', 'v', 'm', 'f')
               and not relispartition
               and has_any_column_privilege(oid, 'select')
             order by relname
             limit $2::int) c) relations
 where n.nspname = any ($1::text[])
   and n.nspname not in ('pg_catalog', 'information_schema')
   and n.nspname not like 'pg\_toast%'
   and n.nspname not like 'pg\_temp%'
   and has_schema_privilege(n.oid, 'usage')
 order by n.nspname
 limit 10000
