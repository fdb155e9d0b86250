-- Findings: functions that run with the rights of their owner.
with definer as (
    select p.oid::regprocedure::text as name, p.proowner, r.rolsuper,
           exists (select from unnest(p.proconfig) c where c like 'search\_path=%') as fixed,
           p.proacl is null
             or exists (select from aclexplode(p.proacl) g
                         where g.grantee = 0 and g.privilege_type = 'EXECUTE') as public
      from pg_catalog.pg_proc p
      join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      join pg_catalog.pg_roles r on r.oid = p.proowner
     where p.prosecdef
       and n.nspname not in ('pg_catalog', 'information_schema', 'drawbridge')
       and n.nspname not like 'pg\_%'
       and not exists (select from pg_catalog.pg_depend d
                        where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid
                          and d.deptype = 'e'))
select 'ok', null::text,
       format('%s SECURITY DEFINER functions, %s of them for everybody', count(*),
              count(*) filter (where public)), null::text
  from definer
 union all
(select case when public and rolsuper then 'critical' else 'warning' end, name,
        format('runs as %s without a fixed search_path%s: who calls it can have it call functions of their own',
               proowner::regrole, case when public then ', and PUBLIC may call it' else '' end),
        format('alter function %s set search_path = pg_catalog, pg_temp%s', name,
               case when public then format('; revoke execute on function %s from public', name) else '' end)
   from definer where not fixed order by (public and rolsuper) desc, name limit 100)
 union all
(select 'notice', name, format('runs as %s, and PUBLIC may call it', proowner::regrole),
        format('revoke execute on function %s from public, if it is not meant for all', name)
   from definer where fixed and public order by name limit 50)
