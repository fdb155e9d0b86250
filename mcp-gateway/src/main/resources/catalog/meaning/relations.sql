-- Tables and views of the database, from one on. For each a table whose policies it gets past: the
-- parent of a partition; a partition of a parent without; a table below a view, which is read as the view's owner, who may be one
-- whom they do not hold for. What a view names and depends on. And what policies name, with the functions that they
-- use, and which tables they ask.
with page as (
  select c.oid, n.nspname, c.relname, c.relkind, c.relowner, c.relrowsecurity,
         coalesce((select option_value::boolean from pg_options_to_table(c.reloptions)
                    where option_name = 'security_invoker'), false) as as_invoker
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where c.oid >= 16384
     and c.oid > $1::bigint::oid
     and c.relkind in ('r', 'p', 'v', 'm', 'f')
     and n.nspname !~ '^pg_(toast|temp)'
     and not exists (select from pg_catalog.pg_depend d
                      where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
                        and d.deptype = 'e')
   order by c.oid
   limit 500),
below as (
  select distinct r.ev_class as oid, d.refclassid, d.refobjid
    from page p
    join pg_catalog.pg_rewrite r on r.ev_class = p.oid
    join pg_catalog.pg_depend d
      on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
   where p.relkind in ('v', 'm')
     and d.refobjid >= 16384
     and not (d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = r.ev_class)),
uses as (
  select distinct y.polrelid as oid, d.refclassid, d.refobjid
    from page p
    join pg_catalog.pg_policy y on y.polrelid = p.oid
    join pg_catalog.pg_depend d
      on d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = y.oid
   where d.refobjid >= 16384 and d.refobjid <> y.polrelid),
past as (
  select b.oid, min(t.oid::regclass::text) as past
    from below b
    join page p on p.oid = b.oid
    join pg_catalog.pg_class t on t.oid = b.refobjid
    join pg_catalog.pg_roles o on o.oid = p.relowner
   where b.refclassid = 'pg_catalog.pg_class'::regclass
     and t.relkind in ('r', 'p')
     and row_security_active(t.oid)
     and (p.relkind = 'm'
          or not p.as_invoker
             and (o.rolsuper
                  or o.rolbypassrls
                  or pg_has_role(p.relowner, t.relowner, 'usage') and not t.relforcerowsecurity
                  or exists (select from pg_catalog.pg_policy y
                              where y.polrelid = t.oid and y.polroles <> '{0}')))
   group by b.oid)
select p.oid::bigint,
       p.nspname::text,
       p.relname::text,
       p.relkind::text,
       p.relkind in ('r', 'p') and row_security_active(p.oid),
       case when p.relkind in ('r', 'p', 'f') and not p.relrowsecurity then
         (with recursive above (oid) as (
            select inhparent from pg_catalog.pg_inherits where inhrelid = p.oid
            union
            select i.inhparent from pg_catalog.pg_inherits i join above a on i.inhrelid = a.oid),
          beneath (oid) as (
            select inhrelid from pg_catalog.pg_inherits where inhparent = p.oid
            union
            select i.inhrelid from pg_catalog.pg_inherits i join beneath b on i.inhparent = b.oid)
          select min(a.oid::regclass::text)
            from (select oid from above union all select oid from beneath) a
           where row_security_active(a.oid))
       else
         (select past.past from past where past.oid = p.oid)
       end,
       case when p.relkind in ('v', 'm')
            then array(select distinct m[1]
                         from regexp_matches(lower(pg_get_viewdef(p.oid)),
                                'u&"|[[:alpha:]_][[:alnum:]_$]*', 'g') m)
            else '{}' end,
       array(select case b.refclassid
                      when 'pg_catalog.pg_class'::regclass then 'r'
                      when 'pg_catalog.pg_proc'::regclass then 'p'
                      when 'pg_catalog.pg_operator'::regclass then 'o'
                      else 't' end || b.refobjid
               from below b where b.oid = p.oid),
       array(select distinct m[1]
               from (select pg_get_expr(y.polqual, y.polrelid)
                       from pg_catalog.pg_policy y where y.polrelid = p.oid
                     union all
                     select concat_ws(' ', f.prosrc, pg_get_function_sqlbody(f.oid))
                       from uses u join pg_catalog.pg_proc f on f.oid = u.refobjid
                      where u.oid = p.oid and u.refclassid = 'pg_catalog.pg_proc'::regclass) t (text),
                    regexp_matches(lower(t.text), '[[:alpha:]_][[:alnum:]_$]*', 'g') m),
       array(select 'r' || u.refobjid
               from uses u
              where u.oid = p.oid and u.refclassid = 'pg_catalog.pg_class'::regclass)
  from page p
 order by p.oid
