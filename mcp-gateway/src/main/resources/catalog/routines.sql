-- $1 schema or null, $2 like-pattern on names or null, $3 detail (0 names, 1 summary, 2 full), $4 limit,
-- $5 names of the only ones that are wanted, with or without their schemas, or null. Functions and
-- procedures that the login may call; those of extensions only by their names.
select jsonb_strip_nulls(
         jsonb_build_object(
           'schema', n.nspname,
           'name', p.proname,
           'kind', case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate'
                                  when 'w' then 'window function' else 'function' end,
           'arguments', case when $3::int > 0 then pg_get_function_arguments(p.oid) end,
           'returns', case when $3::int > 0 then pg_get_function_result(p.oid) end,
           'volatility', case when $3::int > 0 and p.prokind <> 'p' then
                           case p.provolatile when 'i' then 'immutable' when 's' then 'stable'
                                              else 'volatile' end end,
           'securityDefiner', case when $3::int > 0 and p.prosecdef then true end,
           'language', case when $3::int > 1 then l.lanname end,
           'comment', case when $3::int > 0
                           then left(obj_description(p.oid, 'pg_proc'),
                                     case when $3::int > 1 then 2000 else 200 end) end,
           'definition', case when $3::int > 1 and l.lanname in ('sql', 'plpgsql')
                              then left(coalesce(pg_get_function_sqlbody(p.oid), p.prosrc), 4000) end))
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  join pg_catalog.pg_language l on l.oid = p.prolang
 where n.nspname not in ('pg_catalog', 'information_schema')
   and n.nspname not like 'pg\_toast%'
   and n.nspname not like 'pg\_temp%'
   and has_schema_privilege(n.oid, 'usage')
   and has_function_privilege(p.oid, 'execute')
   and ($1::text is null or n.nspname = $1)
   and ($2::text is null or p.proname ilike $2)
   and case when $5::text[] is null
            then not exists (select
                               from pg_catalog.pg_depend e
                              where e.classid = 'pg_catalog.pg_proc'::regclass
                                and e.objid = p.oid
                                and e.deptype = 'e')
            else p.proname = any ($5) or n.nspname || '.' || p.proname = any ($5) end
 order by n.nspname, p.proname, p.oid
 limit $4::int
