-- Where row-level security lets the session's role past, or stands on what a statement can change:
-- a kind, and a name. Views are not among them: agents may read none that gets past the policies.
with seen as (
    select c.oid, c.relkind, c.relowner, c.relrowsecurity, c.relforcerowsecurity,
           format('%I.%I', n.nspname, c.relname) as name,
           has_any_column_privilege(c.oid, 'select')
             and has_schema_privilege(n.oid, 'usage') as readable
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'f')
       and n.nspname not in ('pg_catalog', 'information_schema', 'drawbridge')
       and n.nspname not like 'pg\_%'),
  said as (
    select t.name,
           concat_ws(' ', pg_get_expr(p.polqual, p.polrelid),
                     pg_get_expr(p.polwithcheck, p.polrelid)) as text,
           exists (select 1
                     from pg_catalog.pg_depend d
                     join pg_catalog.pg_proc f on f.oid = d.refobjid
                     join pg_catalog.pg_namespace n on n.oid = f.pronamespace
                    where d.classid = 'pg_catalog.pg_policy'::regclass
                      and d.objid = p.oid
                      and d.refclassid = 'pg_catalog.pg_proc'::regclass
                      and n.nspname not in ('pg_catalog', 'drawbridge')
                      and f.prosrc ~* '\mcurrent_setting\M') as calls
      from pg_catalog.pg_policy p
      join seen t on t.oid = p.polrelid
     where t.readable)
select 'open', name
  from seen
 where readable
   and relkind in ('r', 'p', 'f')
   and not relrowsecurity
 union
select 'owned', name
  from seen
 where readable
   and relkind in ('r', 'p')
   and relrowsecurity
   and not relforcerowsecurity
   and pg_has_role(relowner, 'usage')
 union
select 'setting', name
  from said
 where calls
    or text ~* '\mcurrent_setting\M'
 union
select 'current user', name
  from said
 where text ~ '\m(CURRENT_USER|CURRENT_ROLE|USER)\M'
 order by 1, 2
 limit 1000
