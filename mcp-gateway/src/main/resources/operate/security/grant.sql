-- Findings: what everybody may, by grants to PUBLIC.
with relation as (
    select format('%I.%I', n.nspname, c.relname) as name, c.relkind,
           array_agg(g.privilege_type order by g.privilege_type) as rights
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     cross join lateral aclexplode(c.relacl) g
     where g.grantee = 0
       and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
       and n.nspname not in ('pg_catalog', 'information_schema')
       and n.nspname not like 'pg\_%'
       and not exists (select from pg_catalog.pg_depend d
                        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
                          and d.deptype = 'e')
     group by n.nspname, c.relname, c.relkind),
  schema as (
    select n.nspname from pg_catalog.pg_namespace n
     cross join lateral aclexplode(n.nspacl) g
     where g.grantee = 0 and g.privilege_type = 'CREATE'
       and n.nspname not like 'pg\_%')
select 'ok', null::text,
       format('%s tables, views and sequences with rights of PUBLIC', (select count(*) from relation)),
       null::text
 union all
select 'warning', nspname, 'everybody may make tables and functions in it, and so put theirs before others',
       format('revoke create on schema %I from public', nspname)
  from schema
 union all
(select case when rights && '{INSERT,UPDATE,DELETE,TRUNCATE}' then 'warning' else 'notice' end, name,
        'PUBLIC has ' || lower(array_to_string(rights, ', ')),
        format('revoke all on %s from public', name)
   from relation
  order by (rights && '{INSERT,UPDATE,DELETE,TRUNCATE}') desc, name limit 100)
 union all
select 'notice', lanname::text, 'an untrusted language: who may make functions in it is the server''s operating system user',
       'Keep it for superusers; drop extension if nobody needs it.'
  from pg_catalog.pg_language where not lanpltrusted and lanname not in ('internal', 'c')
 union all
select 'notice', extname::text, 'an extension that reaches other servers or files',
       'See that only those who need it may call its functions.'
  from pg_catalog.pg_extension where extname in ('dblink', 'file_fdw', 'adminpack', 'xml2', 'postgres_fdw')
