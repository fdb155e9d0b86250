-- Domains that check something, and the words in their checks.
select t.oid::bigint, n.nspname::text, t.typname::text,
       array(select distinct m[1]
               from pg_catalog.pg_constraint k,
                    regexp_matches(lower(pg_get_constraintdef(k.oid)),
                      'u&"|[[:alpha:]_][[:alnum:]_$]*|[-+*/<>=~!@#%^&|`?]+', 'g') m
              where k.contypid = t.oid and k.contype = 'c')
  from pg_catalog.pg_type t
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
 where t.oid >= 16384
   and t.typtype = 'd'
   and exists (select from pg_catalog.pg_constraint k
                where k.contypid = t.oid and k.contype = 'c')
   and not exists (select from pg_catalog.pg_depend d
                    where d.classid = 'pg_catalog.pg_type'::regclass and d.objid = t.oid
                      and d.deptype = 'e')
