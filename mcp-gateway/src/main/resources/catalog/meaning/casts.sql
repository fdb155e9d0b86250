-- Casts of the database by functions.
select 'c' || c.oid, c.castsource::bigint, c.casttarget::bigint,
       format('%s to %s', c.castsource::regtype, c.casttarget::regtype), c.castcontext = 'i',
       'p' || p.oid, case when p.oid < 16384 then p.proname::text end
  from pg_catalog.pg_cast c
  join pg_catalog.pg_proc p on p.oid = c.castfunc
 where c.oid >= 16384
   and c.castmethod = 'f'
   and not exists (select from pg_catalog.pg_depend d
                    where d.classid = 'pg_catalog.pg_cast'::regclass and d.objid = c.oid
                      and d.deptype = 'e')
