-- $1 schema, $2 name or null for all, $3 limit. Functions that the login may call.
select jsonb_build_object(
         'name', p.proname,
         'signature', p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
         'returns', pg_get_function_result(p.oid),
         'kind', case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate function'
                                when 'w' then 'window function' else 'function' end,
         'untold', p.prorettype = 'record'::regtype and p.proallargtypes is null,
         'defaults', p.pronargdefaults,
         'variadic', p.provariadic <> 0,
         'inputs', coalesce((
           select jsonb_agg(
                    jsonb_build_object(
                      'name', coalesce(a.name, ''),
                      'type', format_type(a.type, null),
                      'category', t.typcategory,
                      'pseudo', t.typtype = 'p')
                    order by a.place)
             from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargnames,
                         p.proargmodes) with ordinality a (type, name, mode, place)
             join pg_catalog.pg_type t on t.oid = a.type
            where coalesce(a.mode, 'i') in ('i', 'b', 'v')), '[]'))
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
 where n.nspname = $1
   and ($2::text is null or p.proname = $2)
   and ($2::text is not null
        or p.prokind = 'f'
           and p.prorettype <> all ('{trigger,event_trigger,internal,cstring}'::regtype[]))
   and has_schema_privilege(n.oid, 'usage')
   and has_function_privilege(p.oid, 'execute')
 order by p.proname, p.oid
 limit $3::int
