-- Findings: policies that let everything through.
with policy as (
    select p.polname, format('%I.%I', n.nspname, c.relname) as "table", p.polcmd, p.polpermissive,
           pg_get_expr(p.polqual, p.polrelid) as reads,
           pg_get_expr(p.polwithcheck, p.polrelid) as writes,
           p.polroles = '{0}' as "everyone", c.relrowsecurity,
           (select string_agg(rolname, ', ' order by rolname) from pg_catalog.pg_roles
             where oid = any (p.polroles)) as roles
      from pg_catalog.pg_policy p
      join pg_catalog.pg_class c on c.oid = p.polrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace),
  open as (
    select *,
           case polcmd when 'r' then 'read' when 'a' then 'insert' when 'w' then 'update'
                       when 'd' then 'delete' else 'read and change' end as what
      from policy
     where polpermissive
       and ((polcmd in ('r', 'd') and reads = 'true')
            or (polcmd = 'a' and writes = 'true')
            or (polcmd in ('w', '*') and reads = 'true' and coalesce(writes, reads) = 'true')))
select 'ok', null::text, format('%s policies', count(*)), null::text from policy
 union all
(select case when polcmd = 'r' then 'notice' else 'warning' end, format('%I on %s', polname, "table"),
        format('%s may %s every row: its condition is always true',
               case when "everyone" then 'everyone' else coalesce(roles, 'nobody') end, what),
        'Say in the policy whose rows they are; permissive policies add up, so one such undoes the others.'
   from open order by polcmd = 'r', "table", polname limit 100)
 union all
(select 'notice', format('%I on %s', polname, "table"),
        'calls current_setting, auth.uid() or the like once for each row',
        'Put the call into a subselect: (select current_setting(…)).'
   from policy
  where relrowsecurity
    and coalesce(reads, writes) ~* '(current_setting|auth\.(uid|jwt|role))\('
    and coalesce(reads, writes) !~* 'select\s+(\(*current_setting|\(*auth\.)'
  order by "table", polname limit 100)
