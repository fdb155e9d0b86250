-- $1 part of a name or null, $2 whether only those with risky rights, $3 how many. Rights by membership
-- count, whether they are inherited or taken by SET ROLE.
with recursive member as (
    select m.member, m.roleid from pg_catalog.pg_auth_members m
     union
    select m.member, a.roleid from member m join pg_catalog.pg_auth_members a on a.member = m.roleid),
  role as (
    select r.oid, r.rolname, r.rolcanlogin, r.rolvaliduntil, r.rolconnlimit,
           array_remove(array[
             case when r.rolsuper then 'superuser' end,
             case when r.rolbypassrls then 'bypasses row-level security' end,
             case when r.rolcreaterole then 'makes roles' end,
             case when r.rolreplication then 'replication' end,
             case when r.rolcreatedb then 'makes databases' end], null)
           || coalesce((select array_agg(distinct
                                 case when g.rolsuper then 'superuser by ' || g.rolname
                                      when g.rolbypassrls then 'may bypass row-level security by ' || g.rolname
                                      when g.rolcreaterole then 'makes roles by ' || g.rolname
                                      else g.rolname::text end)
                          from member m
                          join pg_catalog.pg_roles g on g.oid = m.roleid
                         where m.member = r.oid
                           and (g.rolsuper or g.rolbypassrls or g.rolcreaterole
                                or g.rolname in ('pg_read_all_data', 'pg_write_all_data',
                                                 'pg_read_server_files', 'pg_write_server_files',
                                                 'pg_execute_server_program', 'pg_signal_backend',
                                                 'pg_create_subscription', 'pg_maintain',
                                                 'pg_database_owner', 'pg_checkpoint'))), '{}') as rights,
           (select json_agg(g.rolname || case when m.admin_option then ' (with admin option)' else '' end
                            order by g.rolname)
              from pg_catalog.pg_auth_members m
              join pg_catalog.pg_roles g on g.oid = m.roleid
             where m.member = r.oid) as member_of,
           (select count(*) from pg_catalog.pg_class c
             where c.relowner = r.oid and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
               and c.oid >= 16384) as owns
      from pg_catalog.pg_roles r
     where r.rolname not like 'pg\_%'),
  wanted as (
    select *, cardinality(rights) > 0 as risky from role
     where ($1::text is null or position(lower($1) in lower(rolname)) > 0)
       and (not $2::boolean or cardinality(rights) > 0))
select json_build_object(
         'found', (select count(*) from wanted),
         'superusersWithLogin', (select count(*) from pg_catalog.pg_roles where rolsuper and rolcanlogin),
         'bypassWithLogin', (select count(*) from pg_catalog.pg_roles
                              where rolbypassrls and not rolsuper and rolcanlogin),
         'expired', (select count(*) from pg_catalog.pg_roles
                      where rolcanlogin and rolvaliduntil < now()),
         'roles', coalesce((
           select json_agg(
                    json_build_object(
                      'role', rolname, 'login', rolcanlogin,
                      'riskyRights', case when risky then array_to_string(rights, ', ') end,
                      'memberOf', member_of,
                      'owns', nullif(owns, 0),
                      'connectionLimit', nullif(rolconnlimit, -1),
                      'validUntil', date_trunc('second', nullif(rolvaliduntil, 'infinity')))
                    order by risky desc, rolcanlogin desc, rolname)
             from (select * from wanted order by risky desc, rolcanlogin desc, rolname limit $3::int) w), '[]'))
