-- Where row-level security lets the session's role past, or stands on what a statement can change:
-- a kind, and a name. A view is read as its owner unless it has security_invoker, and hands that on
-- to the views in it.
with recursive seen as (
    select c.oid, c.relkind, c.relowner, c.relrowsecurity, c.relforcerowsecurity,
           format('%I.%I', n.nspname, c.relname) as name,
           has_any_column_privilege(c.oid, 'select')
             and has_schema_privilege(n.oid, 'usage') as readable,
           c.relkind = 'v'
             and coalesce((select o.option_value::boolean
                             from pg_catalog.pg_options_to_table(c.reloptions) o
                            where o.option_name = 'security_invoker'), false) as invoker
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'f')
       and n.nspname not in ('pg_catalog', 'information_schema', 'drawbridge')
       and n.nspname not like 'pg\_%'),
  part as (
    select distinct w.ev_class as whole, d.refobjid as oid
      from pg_catalog.pg_rewrite w
      join pg_catalog.pg_depend d
        on d.classid = 'pg_catalog.pg_rewrite'::regclass
       and d.objid = w.oid
       and d.refclassid = 'pg_catalog.pg_class'::regclass
       and d.refobjid <> w.ev_class
     where w.ev_type = '1'),
  reach as (
    select s.oid, s.name, case when s.invoker then null else s.relowner end as reader
      from seen s
     where s.readable
       and s.relkind in ('v', 'm')
     union
    select s.oid, r.name, case when s.invoker then r.reader else s.relowner end
      from reach r
      join part p on p.whole = r.oid
      join seen s on s.oid = p.oid
     where s.relkind in ('v', 'm')),
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
select 'view', r.name
  from reach r
  join part p on p.whole = r.oid
  join seen t on t.oid = p.oid
  join seen v on v.oid = r.oid
  left join pg_catalog.pg_roles o on o.oid = r.reader
 where t.relrowsecurity
   and (v.relkind = 'm'
        or o.rolsuper
        or o.rolbypassrls
        or (pg_has_role(o.oid, t.relowner, 'usage') and not t.relforcerowsecurity))
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
