-- $1 schema, $2 table. The columns of it that the login may read, and how it may be sampled: whether
-- it has pages of its own, or of partitions, and how many.
select jsonb_build_object(
         'paged', c.relkind in ('r', 'm', 'p'),
         'pages', case when c.relkind in ('r', 'm')
                       then pg_relation_size(c.oid) / current_setting('block_size')::bigint
                       when c.relkind = 'p'
                       then (select coalesce(sum(pg_relation_size(p.relid)), 0)::bigint
                                      / current_setting('block_size')::bigint
                               from pg_partition_tree(c.oid) p where p.isleaf)
                       else 0 end,
         'columns', coalesce((
           select jsonb_agg(
                    jsonb_build_object(
                      'name', a.attname,
                      'long', a.attlen < 0
                              and a.atttypid <> all ('{numeric,inet,cidr,bit}'::regtype[]))
                    order by a.attnum)
             from pg_catalog.pg_attribute a
            where a.attrelid = c.oid
              and a.attnum > 0
              and not a.attisdropped
              and has_column_privilege(c.oid, a.attnum, 'select')), '[]'))
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where n.nspname = $1
   and c.relname = $2
   and c.relkind in ('r', 'p', 'v', 'm', 'f')
   and has_schema_privilege(n.oid, 'usage')
   and has_any_column_privilege(c.oid, 'select')
