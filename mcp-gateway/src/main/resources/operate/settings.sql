-- $1 part of a name or null, $2 whether only those that were changed, $3 whether only those that wait for
-- a restart, $4 how many. A password in a value is not shown.
with setting as (
    select name, category, short_desc, unit, context, source, pending_restart,
           left(regexp_replace(setting, '(password\s*=\s*)(''[^'']*''|\S+)', '\1…', 'gi'), 300) as value,
           boot_val, reset_val,
           source not in ('default', 'override', 'client', 'session', 'interactive', 'test') as changed
      from pg_catalog.pg_settings),
  wanted as (
    select * from setting
     where ($1::text is null or position(lower($1) in lower(name)) > 0)
       and (not $2::boolean or changed)
       and (not $3::boolean or pending_restart))
select json_build_object(
         'found', (select count(*) from wanted),
         'changed', (select count(*) from setting where changed),
         'waitingForRestart', (select count(*) from setting where pending_restart),
         'settings', coalesce((
           select json_agg(
                    json_build_object(
                      'name', name, 'value', value, 'unit', unit,
                      'default', case when boot_val is distinct from value then left(boot_val, 100) end,
                      'source', source,
                      'needs', case context when 'postmaster' then 'restart' when 'sighup' then 'reload'
                                            when 'internal' then 'cannot be set' end,
                      'waitsForRestart', case when pending_restart then true end)
                    order by pending_restart desc, name)
             from (select * from wanted order by pending_restart desc, name limit $4::int) w), '[]'))
