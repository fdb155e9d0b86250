-- $1 limit.
select jsonb_strip_nulls(
         jsonb_build_object(
           'name', n.nspname,
           'comment', left(obj_description(n.oid, 'pg_namespace'), 200),
           'tables', count(c.oid) filter (where c.relkind in ('r', 'p', 'f')),
           'views', count(c.oid) filter (where c.relkind in ('v', 'm'))))
  from pg_catalog.pg_namespace n
  left join pg_catalog.pg_class c
    on c.relnamespace = n.oid
   and c.relkind in ('r', 'p', 'v', 'm', 'f')
   and not c.relispartition
   and has_any_column_privilege(c.oid, 'select')
 where n.nspname not in ('pg_catalog', 'information_schema')
   and n.nspname not like 'pg\_toast%'
   and n.nspname not like 'pg\_temp%'
   and has_schema_privilege(n.oid, 'usage')
 group by n.oid, n.nspname
 order by n.nspname
 limit $1::int
