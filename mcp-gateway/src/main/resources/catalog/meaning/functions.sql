-- Functions of the database, from one on: what each is, and the words in it.
select p.oid::bigint,
       n.nspname::text,
       p.proname::text,
       p.pronargs - p.pronargdefaults,
       case when p.provariadic <> 0 then 32767 else p.pronargs end,
       p.prosecdef,
       p.provolatile = 'v',
       case when p.prokind = 'a' then 'aggregate' else l.lanname::text end,
       exists (select from pg_catalog.pg_depend d
                where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid
                  and d.deptype = 'e'),
       case when l.lanname in ('sql', 'plpgsql')
            then array(select distinct m[1]
                         from regexp_matches(lower(concat_ws(' ', p.prosrc,
                                pg_get_function_sqlbody(p.oid),
                                pg_get_expr(p.proargdefaults, 0::oid),
                                case when exists (
                                       select from unnest(p.proconfig) c
                                        where c ~ '^([^=]*[.]|role=|session_auth|row_security=)')
                                     then 'set' end)),
                              'u&"|[[:alpha:]_][[:alnum:]_$]*|[-+*/<>=~!@#%^&|`?]+', 'g') m)
            when p.prokind = 'a'
            then array(select f::regproc::oid::regproc::text
                         from pg_catalog.pg_aggregate a,
                              unnest(array[a.aggtransfn, a.aggfinalfn, a.aggcombinefn,
                                           a.aggserialfn, a.aggdeserialfn, a.aggmtransfn,
                                           a.aggminvtransfn, a.aggmfinalfn]::oid[]) f
                        where a.aggfnoid = p.oid and f <> 0)
            else '{}' end,
       array(select distinct 't' || t
               from unnest(p.proargtypes::oid[] || coalesce(p.proallargtypes, '{}')
                           || p.prorettype) t
              where t >= 16384),
       p.provolatile <> 'i'
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  join pg_catalog.pg_language l on l.oid = p.prolang
 where p.oid >= 16384
   and p.oid > $1::bigint::oid
   and p.prokind in ('f', 'a', 'w')
   and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
   and has_function_privilege(p.oid, 'execute')
 order by p.oid
 limit 500
