-- $1 schema, $2 table. What tells its rows apart: the columns of the primary key if the login may read
-- them; and whether rows have a place of their own.
select jsonb_build_object(
         'columns', coalesce((
           select jsonb_agg(a.attname order by k.place)
             from pg_catalog.pg_constraint p,
                  unnest(p.conkey) with ordinality k (attnum, place)
             join pg_catalog.pg_attribute a on a.attnum = k.attnum
            where p.conrelid = c.oid
              and p.contype = 'p'
              and a.attrelid = c.oid
           having bool_and(has_column_privilege(c.oid, k.attnum, 'select'))), '[]'),
         'placed', c.relkind in ('r', 'm', 'p') and has_table_privilege(c.oid, 'select'))
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where n.nspname = $1
   and c.relname = $2
   and has_schema_privilege(n.oid, 'usage')
