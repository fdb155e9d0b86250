-- $1 schema, $2 name of a table or view: what of it a search by meaning has to know, as JSON; nothing
-- when the login may not read it. Embeddings are columns of pgvector's types, or arrays of floating
-- numbers, of the table itself or of one that refers to it.
with target as (
select c.oid, c.relrowsecurity
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where n.nspname = $1
   and c.relname = $2
   and c.relkind in ('r', 'p', 'v', 'm', 'f')
   and has_schema_privilege(n.oid, 'usage')
   and has_any_column_privilege(c.oid, 'select')
), homes as (
select t.oid, null::jsonb as link
  from target t
 union all
(select f.conrelid,
       (select jsonb_agg(jsonb_build_array(own.attname, theirs.attname) order by k.place)
          from unnest(f.conkey, f.confkey) with ordinality k(own, theirs, place)
          join pg_catalog.pg_attribute own on own.attrelid = f.conrelid and own.attnum = k.own
          join pg_catalog.pg_attribute theirs
            on theirs.attrelid = f.confrelid and theirs.attnum = k.theirs)
  from target t
  join pg_catalog.pg_constraint f on f.confrelid = t.oid and f.contype = 'f'
 where f.conrelid <> f.confrelid
   and f.conparentid = 0
   and has_any_column_privilege(f.conrelid, 'select')
 order by f.conname
 limit 100)
), pgvector as (
select e.oid, e.extnamespace, n.nspname, e.extversion
  from pg_catalog.pg_extension e
  join pg_catalog.pg_namespace n on n.oid = e.extnamespace
 where e.extname = 'vector'
), embeddings as (
select jsonb_build_object(
         'schema', n.nspname,
         'table', c.relname,
         'column', a.attname,
         'type', case when v.oid is null then format_type(a.atttypid, null) else y.typname end,
         'pgvector', v.oid is not null,
         'dimensions', case when v.oid is not null and a.atttypmod > 0 then a.atttypmod end,
         'link', h.link,
         'secured', c.relrowsecurity,
         'key', (select jsonb_agg(k.attname order by array_position(p.conkey, k.attnum))
                   from pg_catalog.pg_constraint p
                   join pg_catalog.pg_attribute k
                     on k.attrelid = p.conrelid and k.attnum = any (p.conkey)
                  where p.conrelid = c.oid
                    and p.contype = 'p'
                 having bool_and(has_column_privilege(c.oid, k.attnum, 'select'))),
         'indexes', (select jsonb_agg(jsonb_build_object('name', ic.relname, 'method', m.amname,
                                                         'operators', o.opcname)
                                      order by ic.relname)
                       from pg_catalog.pg_index i
                       join pg_catalog.pg_class ic on ic.oid = i.indexrelid
                       join pg_catalog.pg_am m on m.oid = ic.relam
                       join pg_catalog.pg_opclass o on o.oid = i.indclass[0]
                      where i.indrelid = c.oid
                        and i.indkey[0] = a.attnum
                        and i.indisvalid
                        and m.amname in ('hnsw', 'ivfflat'))) as told
  from homes h
  join pg_catalog.pg_class c on c.oid = h.oid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_catalog.pg_type y on y.oid = a.atttypid
  left join pgvector v on v.extnamespace = y.typnamespace and y.typname in ('vector', 'halfvec')
 where (v.oid is not null or a.atttypid in ('real[]'::regtype, 'double precision[]'::regtype))
   and has_schema_privilege(n.oid, 'usage')
   and has_column_privilege(c.oid, a.attnum, 'select')
)
select jsonb_build_object(
         'secured', t.relrowsecurity,
         'columns', (select jsonb_agg(jsonb_build_object('name', a.attname,
                                                         'type', format_type(a.atttypid, null),
                                                         'category', y.typcategory,
                                                         'key', p.conkey is not null)
                                      order by a.attnum)
                       from pg_catalog.pg_attribute a
                       join pg_catalog.pg_type y on y.oid = a.atttypid
                       left join pg_catalog.pg_constraint p
                         on p.conrelid = a.attrelid and p.contype = 'p'
                        and a.attnum = any (p.conkey)
                      where a.attrelid = t.oid
                        and a.attnum > 0
                        and not a.attisdropped
                        and has_column_privilege(t.oid, a.attnum, 'select')),
         'embeddings', (select jsonb_agg(e.told) from embeddings e),
         'pgvector', (select jsonb_build_object('schema', v.nspname, 'version', v.extversion)
                        from pgvector v))
  from target t
