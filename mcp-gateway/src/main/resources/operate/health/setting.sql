-- Findings.
with setting as (
    select name, setting, pending_restart from pg_catalog.pg_settings),
  wrong (name, value, grade, why) as (
    values ('fsync', 'off', 'critical', 'A crash of the machine can destroy the whole server: switch it on.'),
           ('full_page_writes', 'off', 'critical', 'A crash can leave torn pages: switch it on.'),
           ('autovacuum', 'off', 'critical', 'Tables bloat, and transaction ids run out: switch it on.'),
           ('track_counts', 'off', 'critical', 'Autovacuum does not work without it: switch it on.'),
           ('zero_damaged_pages', 'on', 'critical', 'It loses rows silently: switch it off.'),
           ('data_checksums', 'off', 'notice', 'Failing storage goes unnoticed: pg_checksums --enable, with the server stopped.'),
           ('track_io_timing', 'off', 'notice', 'Plans and statistics cannot tell reading from computing: switch it on.'),
           ('log_lock_waits', 'off', 'notice', 'Long waits for locks are not in the log: switch it on.'))
select 'ok', null::text,
       format('%s settings looked at, %s changed ones wait for a restart',
              (select count(*) from wrong),
              (select count(*) from setting where pending_restart)), null::text
 union all
select w.grade, w.name, w.name || ' is ' || s.setting, w.why
  from wrong w join setting s on s.name = w.name and s.setting = w.value
 union all
select 'notice', name, 'waits for a restart', 'What is in force is the old value; plan a restart.'
  from setting where pending_restart
 union all
select 'notice', 'synchronous_commit', 'off for all',
       'The last fraction of a second of commits is lost in a crash: mean it.'
  from pg_catalog.pg_settings where name = 'synchronous_commit' and reset_val = 'off'
