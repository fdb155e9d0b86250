-- $1 whether texts are shown. Sessions that wait for a lock and those that they wait for, with a list of
-- whom each waits for. What holds for a session of another database is left out.
with waiting as (
    select l.pid, min(l.waitstart) as since
      from pg_catalog.pg_locks l
     where not l.granted
     group by l.pid),
  edge as (
    select w.pid, b.blocker
      from waiting w
      join pg_catalog.pg_stat_activity a on a.pid = w.pid and a.datname = current_database()
     cross join lateral (select distinct unnest(pg_blocking_pids(w.pid)) as blocker) b),
  involved as (
    select pid from edge union select blocker from edge),
  wanted as (
    select distinct on (l.pid)
           l.pid, l.locktype, l.mode, l.relation, l.waitstart
      from pg_catalog.pg_locks l
     where not l.granted
     order by l.pid, l.waitstart)
select json_build_object(
         'sessions', coalesce((
           select json_agg(
                    json_build_object(
                      'pid', i.pid,
                      'blockedBy', (select json_agg(e.blocker order by e.blocker)
                                      from edge e where e.pid = i.pid),
                      'role', a.usename, 'application', left(a.application_name, 60),
                      'client', host(a.client_addr),
                      'state', coalesce(a.state, case when i.pid = 0 then 'prepared transaction'
                                                      else 'not shown' end),
                      'stateSeconds', extract(epoch from clock_timestamp() - a.state_change)::bigint,
                      'transactionSeconds', extract(epoch from clock_timestamp() - a.xact_start)::bigint,
                      'waitsSeconds', extract(epoch from clock_timestamp() - w.waitstart)::bigint,
                      'waitsFor', w.mode,
                      'on', coalesce(w.relation::regclass::text, w.locktype),
                      'holds', (select string_agg(distinct h.mode || ' on ' || h.relation::regclass, ', ')
                                  from pg_catalog.pg_locks h
                                  join wanted o on o.relation = h.relation
                                  join edge e on e.pid = o.pid and e.blocker = h.pid
                                 where h.pid = i.pid and h.granted and h.locktype = 'relation'
                                   and h.database = (select oid from pg_catalog.pg_database
                                                      where datname = current_database())),
                      'query', case when $1::boolean then left(a.query, 4000) end)
                    order by w.waitstart nulls first, i.pid)
             from involved i
             left join pg_catalog.pg_stat_activity a on a.pid = i.pid
             left join wanted w on w.pid = i.pid and i.pid <> 0), '[]'))
