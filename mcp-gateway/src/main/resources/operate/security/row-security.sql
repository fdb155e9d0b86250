-- Findings: a grade, what of (null for all), evidence, what to do. A schema is exposed where
-- some table has row-level security, or PUBLIC or the roles of a REST API may use it.
with "table" as (
    select c.oid, c.relnamespace, c.relowner, c.relrowsecurity, c.relforcerowsecurity, c.relacl,
           format('%I.%I', n.nspname, c.relname) as name,
           (select count(*) from pg_catalog.pg_policy p where p.polrelid = c.oid) as policies,
           exists (select from aclexplode(c.relacl) g
                    where g.grantee <> c.relowner and g.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE'))
             as granted
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition
       and n.nspname not in ('pg_catalog', 'information_schema', 'drawbridge')
       and n.nspname not like 'pg\_%'
       and not exists (select from pg_catalog.pg_depend d
                        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
                          and d.deptype = 'e')),
  exposed as (
    select n.oid
      from pg_catalog.pg_namespace n
     where exists (select from "table" t where t.relnamespace = n.oid and t.relrowsecurity)
        or exists (select from aclexplode(n.nspacl) g
                     left join pg_catalog.pg_roles r on r.oid = g.grantee
                    where g.privilege_type = 'USAGE'
                      and (g.grantee = 0 or r.rolname in ('anon', 'authenticated')))),
  finding (grade, place, object, evidence, advice) as (
    select 'critical', 1, name, format('%s policies, and row-level security is off: they hold nobody back', policies),
           format('alter table %s enable row level security', name)
      from "table" where policies > 0 and not relrowsecurity
     union all
    select 'warning', 2, name, 'no row-level security in a schema that is exposed, and others than the owner have rights on it',
           format('alter table %s enable row level security, with policies for who may see what', name)
      from "table" t
     where not relrowsecurity and policies = 0 and granted
       and relnamespace in (select oid from exposed)
     union all
    select 'notice', 5, name, 'row-level security without a policy: only owners and those who bypass it see rows',
           'Make policies, or take the grants away.'
      from "table" where relrowsecurity and policies = 0
     union all
    select case when pg_has_role(t.relowner, 'usage') then 'critical' else 'notice' end, 3, t.name,
           format('its owner %s signs in and is not bound by the policies%s', r.rolname,
                  case when pg_has_role(t.relowner, 'usage') then ': this login is, or inherits, that owner' else '' end),
           format('alter table %s force row level security', t.name)
      from "table" t
      join pg_catalog.pg_roles r on r.oid = t.relowner
     where t.relrowsecurity and not t.relforcerowsecurity
       and not r.rolsuper and (r.rolcanlogin or pg_has_role(t.relowner, 'usage'))
     union all
    select 'warning', 4, rolname,
           'may sign in and bypasses row-level security', format('alter role %I nobypassrls', rolname)
      from pg_catalog.pg_roles
     where rolbypassrls and not rolsuper and rolcanlogin
       and exists (select from "table" where relrowsecurity)
     union all
    select 'warning', 2, format('%I.%I', n.nspname, v.relname),
           case v.relkind when 'm'
                then 'a materialized view of a table with row-level security: whoever may read it sees the rows of its owner '
                else 'a view of a table with row-level security that reads with the rights of its owner ' end
             || v.relowner::regrole,
           case v.relkind when 'm'
                then format('revoke select on %I.%I from whoever may not see all rows', n.nspname, v.relname)
                else format('alter view %I.%I set (security_invoker = true)', n.nspname, v.relname) end
      from pg_catalog.pg_class v
      join pg_catalog.pg_namespace n on n.oid = v.relnamespace
     where v.relkind in ('v', 'm')
       and not coalesce((select lower(option_value) in ('true', 'on', 'yes', '1')
                           from pg_options_to_table(v.reloptions)
                          where option_name = 'security_invoker'), false)
       and exists (select from aclexplode(v.relacl) g where g.grantee <> v.relowner)
       and exists (select
                     from pg_catalog.pg_rewrite w
                     join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass
                                                and d.objid = w.oid
                     join "table" t on t.oid = d.refobjid
                    where w.ev_class = v.oid and t.relrowsecurity))
select 'ok', null::text,
       format('%s of %s tables have row-level security', count(*) filter (where relrowsecurity), count(*)),
       null::text, 0
  from "table"
 union all
(select grade, object, evidence, advice, place from finding order by place, object limit 200)
 order by 5, 2
