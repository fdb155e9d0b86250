-- Operators of the database, and the function behind each.
select 'o' || o.oid, n.nspname::text, o.oprname::text, 'p' || p.oid,
       case when p.oid < 16384 then p.proname::text end
  from pg_catalog.pg_operator o
  join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
  join pg_catalog.pg_proc p on p.oid = o.oprcode
 where o.oid >= 16384
   and not exists (select from pg_catalog.pg_depend d
                    where d.classid = 'pg_catalog.pg_operator'::regclass and d.objid = o.oid
                      and d.deptype = 'e')
