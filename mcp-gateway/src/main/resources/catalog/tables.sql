-- $1 schema or null, $2 like-pattern on table and column names or null, $3 detail (0 names,
-- 1 summary, 2 full, 3 a digest of what full tells but for the rows), $4 and $5 schemas and names
-- of the only tables that are wanted or null, $6 limit, $7 names of the only tables that are wanted,
-- with or without their schemas, or null. Partitions are told of with what they are parts of, and by
-- their names.
-- Row estimates are left out where row-level security hides rows: they would tell how many.
with described as (
select jsonb_strip_nulls(
         jsonb_build_object(
           'schema', n.nspname,
           'name', c.relname,
           'kind', case c.relkind when 'r' then 'table' when 'p' then 'table' when 'v' then 'view'
                                  when 'm' then 'materialized view' else 'foreign table' end,
           'comment', case when $3::int > 1 then obj_description(c.oid, 'pg_class') end,
           'rows', case when $3::int > 0 and not c.relrowsecurity and c.relkind = 'p' then (
                          select sum(part.reltuples)::bigint
                            from pg_partition_tree(c.oid) tree
                            join pg_catalog.pg_class part on part.oid = tree.relid
                           where tree.isleaf
                          having bool_and(part.reltuples >= 0 and not part.relrowsecurity))
                        when $3::int > 0 and not c.relrowsecurity and c.reltuples >= 0
                        then c.reltuples::bigint end,
           'partitions', case when $3::int > 0 and c.relkind = 'p' then (
             select count(*) from pg_partition_tree(c.oid) tree where tree.isleaf) end,
           'rowSecurity', case when $3::int > 1 and c.relrowsecurity then true end,
           'definition', case when $3::int > 1 and c.relkind in ('v', 'm')
                              then left(pg_get_viewdef(c.oid, true), 4000) end,
           'partitionNames', case when $3::int > 1 and c.relkind = 'p' then (
             select jsonb_agg(part.name)
               from (select i.inhrelid::regclass::text as name
                       from pg_catalog.pg_inherits i
                      where i.inhparent = c.oid
                      order by 1
                      limit 20) part) end,
           'checks', case when $3::int > 1 then (
             select jsonb_agg(pg_get_constraintdef(k.oid, true) order by k.conname)
               from pg_catalog.pg_constraint k
              where k.conrelid = c.oid
                and k.contype in ('c', 'x')) end,
           'triggers', case when $3::int > 1 then (
             select jsonb_agg(pg_get_triggerdef(t.oid, true) order by t.tgname)
               from pg_catalog.pg_trigger t
              where t.tgrelid = c.oid
                and not t.tgisinternal) end,
           'partitionKey', case when $3::int > 1 and c.relkind = 'p'
                                then pg_get_partkeydef(c.oid) end,
           'columns', case when $3::int > 0 then (
             select jsonb_agg(
                      jsonb_build_object(
                        'name', a.attname,
                        'type', format_type(a.atttypid, a.atttypmod),
                        'nullable', not a.attnotnull,
                        'values', (select jsonb_agg(label.enumlabel order by label.enumsortorder)
                                     from (select enumlabel, enumsortorder
                                             from pg_catalog.pg_enum
                                            where enumtypid = case t.typtype when 'd' then t.typbasetype
                                                                             when 'e' then t.oid
                                                                             else t.typelem end
                                            order by enumsortorder
                                            limit 50) label),
                        'default', case when $3::int > 1 and a.attgenerated = ''
                                        then pg_get_expr(d.adbin, d.adrelid) end,
                        'generated', case when $3::int > 1 and a.attgenerated <> ''
                                          then pg_get_expr(d.adbin, d.adrelid) end,
                        'identity', case when $3::int > 1 then
                                      case a.attidentity when 'a' then 'always'
                                                         when 'd' then 'by default' end end,
                        'comment', case when $3::int > 1 then col_description(c.oid, a.attnum) end)
                      order by a.attnum)
               from pg_catalog.pg_attribute a
               join pg_catalog.pg_type t on t.oid = a.atttypid
               left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
              where a.attrelid = c.oid
                and a.attnum > 0
                and not a.attisdropped
                and has_column_privilege(c.oid, a.attnum, 'select')) end,
           'primaryKey', case when $3::int > 1 then (
             select jsonb_agg(a.attname order by k.place)
               from pg_catalog.pg_constraint p,
                    unnest(p.conkey) with ordinality k(attnum, place)
               join pg_catalog.pg_attribute a on a.attnum = k.attnum
              where p.conrelid = c.oid
                and p.contype = 'p'
                and a.attrelid = c.oid) end,
           'foreignKeys', case when $3::int > 1 then (
             select jsonb_agg(
                      jsonb_build_object(
                        'columns', (select jsonb_agg(a.attname order by k.place)
                                      from unnest(f.conkey) with ordinality k(attnum, place)
                                      join pg_catalog.pg_attribute a
                                        on a.attrelid = f.conrelid and a.attnum = k.attnum),
                        'references', fn.nspname || '.' || fc.relname,
                        'referencedColumns', (select jsonb_agg(a.attname order by k.place)
                                                from unnest(f.confkey) with ordinality
                                                     k(attnum, place)
                                                join pg_catalog.pg_attribute a
                                                  on a.attrelid = f.confrelid
                                                 and a.attnum = k.attnum))
                      order by f.conname)
               from pg_catalog.pg_constraint f
               join pg_catalog.pg_class fc on fc.oid = f.confrelid
               join pg_catalog.pg_namespace fn on fn.oid = fc.relnamespace
              where f.conrelid = c.oid
                and f.contype = 'f') end,
           'referencedBy', case when $3::int > 1 then (
             select jsonb_agg(
                      jsonb_build_object(
                        'table', fn.nspname || '.' || fc.relname,
                        'columns', (select jsonb_agg(a.attname order by k.place)
                                      from unnest(f.conkey) with ordinality k(attnum, place)
                                      join pg_catalog.pg_attribute a
                                        on a.attrelid = f.conrelid and a.attnum = k.attnum),
                        'referencedColumns', (select jsonb_agg(a.attname order by k.place)
                                                from unnest(f.confkey) with ordinality
                                                     k(attnum, place)
                                                join pg_catalog.pg_attribute a
                                                  on a.attrelid = f.confrelid
                                                 and a.attnum = k.attnum))
                      order by fn.nspname, fc.relname, f.conname)
               from pg_catalog.pg_constraint f
               join pg_catalog.pg_class fc on fc.oid = f.conrelid
               join pg_catalog.pg_namespace fn on fn.oid = fc.relnamespace
              where f.confrelid = c.oid
                and f.contype = 'f'
                and f.conparentid = 0
                and has_schema_privilege(fn.oid, 'usage')
                and has_any_column_privilege(fc.oid, 'select')) end,
           'indexes', case when $3::int > 1 then (
             select jsonb_agg(pg_get_indexdef(i.indexrelid) order by i.indexrelid)
               from pg_catalog.pg_index i
              where i.indrelid = c.oid
                and not i.indisprimary) end)) as told
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p', 'v', 'm', 'f')
   and (not c.relispartition or $4::text[] is not null or $7::text[] is not null)
   and n.nspname not in ('pg_catalog', 'information_schema')
   and n.nspname not like 'pg\_toast%'
   and n.nspname not like 'pg\_temp%'
   and has_schema_privilege(n.oid, 'usage')
   and has_any_column_privilege(c.oid, 'select')
   and ($1::text is null or n.nspname = $1)
   and ($4::text[] is null
        or c.oid = any (array(select one.oid
                                from unnest($4::text[], $5::text[]) as wanted (schema, name)
                                join pg_catalog.pg_namespace its on its.nspname = wanted.schema
                                join pg_catalog.pg_class one
                                  on one.relnamespace = its.oid and one.relname = wanted.name)))
   and ($7::text[] is null
        or lower(c.relname) = any (array(select lower(unnest($7))))
        or lower(n.nspname || '.' || c.relname) = any (array(select lower(unnest($7)))))
   and ($2::text is null
        or c.relname ilike $2
        or exists (select 1
                     from pg_catalog.pg_attribute a
                    where a.attrelid = c.oid
                      and a.attnum > 0
                      and not a.attisdropped
                      and a.attname ilike $2))
 order by n.nspname, c.relname
 limit $6::int)
select case when $3::int < 3 then told
            else jsonb_build_object(
                   'schema', told -> 'schema',
                   'name', told -> 'name',
                   'digest', md5((told - 'rows' - 'partitions')::text)) end
  from described
