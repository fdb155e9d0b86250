-- $1 schemas and $2 names of tables, as many.
-- What decides whether an index on them would be worth it: sizes, statistics of columns, the
-- indexes that there are, how much is written. pg_stats shows nothing of tables whose policies hold
-- for the login.
select jsonb_build_object(
         'schema', n.nspname,
         'name', c.relname,
         'sql', format('%I.%I', n.nspname, c.relname),
         'rows', greatest(c.reltuples, 0)::bigint,
         'pages', c.relpages,
         'hidden', c.relrowsecurity and row_security_active(c.oid),
         'advisable', c.relkind in ('r', 'm') and not c.relispartition and c.relpersistence <> 't'
                      and n.nspname not in ('pg_catalog', 'information_schema'),
         'partitionOf', case when c.relispartition then (
           select format('%I.%I', rn.nspname, r.relname)
             from pg_catalog.pg_class r
             join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
            where r.oid = pg_partition_root(c.oid)) end,
         'writes', coalesce(s.n_tup_ins + s.n_tup_upd + s.n_tup_del, 0),
         'seconds', (select extract(epoch from now() - d.stats_reset)::bigint
                       from pg_catalog.pg_stat_database d
                      where d.datname = current_database()),
         'columns', (
           select jsonb_agg(
                    jsonb_build_object(
                      'name', a.attname,
                      'type', format_type(a.atttypid, null),
                      'width', coalesce(st.avg_width, nullif(a.attlen, -1), 32),
                      'distinct', (case when st.n_distinct < 0 then -st.n_distinct * c.reltuples
                                        else coalesce(st.n_distinct, 200) end)::bigint,
                      'correlation', (100 * coalesce(st.correlation, 0))::bigint,
                      'common', (100 * coalesce(st.most_common_freqs[1], 0))::bigint))
             from pg_catalog.pg_attribute a
             left join pg_catalog.pg_stats st
               on st.schemaname = n.nspname
              and st.tablename = c.relname
              and st.attname = a.attname
              and not st.inherited
            where a.attrelid = c.oid
              and a.attnum > 0
              and not a.attisdropped),
         'indexes', coalesce((
           select jsonb_agg(
                    jsonb_build_object(
                      'method', m.amname,
                      'unique', i.indisunique,
                      'keys', (select jsonb_agg(
                                        pg_get_indexdef(i.indexrelid, k, true)
                                        || case when o.opcdefault then '' else ' ' || o.opcname end
                                        || case when i.indoption[k - 1] & 1 = 1 then ' DESC'
                                                else '' end
                                        order by k)
                                 from generate_series(1, i.indnkeyatts) k
                                 join pg_catalog.pg_opclass o on o.oid = i.indclass[k - 1]),
                      'include', (select coalesce(
                                           jsonb_agg(pg_get_indexdef(i.indexrelid, k, true)),
                                           '[]')
                                    from generate_series(i.indnkeyatts + 1, i.indnatts) k),
                      'where', coalesce(pg_get_expr(i.indpred, i.indrelid, true), '')))
             from pg_catalog.pg_index i
             join pg_catalog.pg_class x on x.oid = i.indexrelid
             join pg_catalog.pg_am m on m.oid = x.relam
            where i.indrelid = c.oid
              and i.indisvalid), '[]'))
  from unnest($1::text[], $2::text[]) as wanted (schema, name)
  join pg_catalog.pg_namespace n on n.nspname = wanted.schema
  join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = wanted.name
  left join pg_catalog.pg_stat_all_tables s on s.relid = c.oid
