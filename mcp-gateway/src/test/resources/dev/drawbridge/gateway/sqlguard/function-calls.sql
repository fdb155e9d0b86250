-- A call of each function of a server that SQL can call, with values that suit its arguments. Not of
-- the fixture's own: what those do, no name says.
select format('%I.%I(%s)', n.nspname, p.proname,
              (select string_agg(
                        case when t.typname in ('int2', 'int4', 'int8', 'numeric', 'float4', 'float8',
                                                'any', 'anyelement', 'anycompatible')
                               then '1'
                             when t.typname in ('text', 'varchar', 'bpchar', 'name')
                               then '''a'''
                             when t.typname in ('regclass', 'oid')
                               then '''shop.document_gin''::regclass'
                             when t.typname = 'bool' then 'true'
                             when t.typname = 'pg_lsn' then '''0/0''::pg_lsn'
                             when t.typname in ('anyarray', 'anycompatiblearray') then 'array[1]'
                             when t.typname in ('json', 'jsonb')
                               then '''{"a": [1]}''::' || t.typname
                             else 'null::' || format_type(t.oid, null)
                        end, ', ' order by a.place)
                 from unnest(p.proargtypes) with ordinality a(type, place)
                 join pg_type t on t.oid = a.type))
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  join pg_type r on r.oid = p.prorettype
 where p.prokind in ('f', 'a', 'w')
   and n.nspname <> 'shop'
   and r.typname not in ('trigger', 'event_trigger', 'internal', 'language_handler')
   and not exists (select from pg_type t
                    where t.oid = any (p.proargtypes)
                      and t.typname in ('internal', 'cstring'))
 order by 1
