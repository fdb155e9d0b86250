-- $1 names of tables. The foreign keys from and to them, between tables that the login may read, and
-- whether no two rows of such a key refer to the same one.
select jsonb_build_object(
         'name', k.conname,
         'schema', n.nspname,
         'table', c.relname,
         'columns', (select jsonb_agg(a.attname order by u.place)
                       from unnest(k.conkey) with ordinality u (attnum, place)
                       join pg_catalog.pg_attribute a
                         on a.attrelid = c.oid and a.attnum = u.attnum),
         'toSchema', tn.nspname,
         'toTable', t.relname,
         'toColumns', (select jsonb_agg(a.attname order by u.place)
                         from unnest(k.confkey) with ordinality u (attnum, place)
                         join pg_catalog.pg_attribute a
                           on a.attrelid = t.oid and a.attnum = u.attnum),
         'unique', exists (select
                             from pg_catalog.pg_index i
                            where i.indrelid = c.oid
                              and i.indisunique
                              and i.indisvalid
                              and i.indpred is null
                              and i.indexprs is null
                              and (i.indkey::smallint[])[0:i.indnkeyatts - 1] <@ k.conkey))
  from pg_catalog.pg_constraint k
  join pg_catalog.pg_class c on c.oid = k.conrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_class t on t.oid = k.confrelid
  join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
 where k.contype = 'f'
   and k.conparentid = 0
   and (c.relname = any ($1::text[]) or t.relname = any ($1::text[]))
   and has_schema_privilege(n.oid, 'usage')
   and has_schema_privilege(tn.oid, 'usage')
   and has_any_column_privilege(c.oid, 'select')
   and has_any_column_privilege(t.oid, 'select')
 order by n.nspname, c.relname, k.conname
 limit 2000
