-- $1 whether texts are shown, $2 seconds that a statement runs at least, $3 whether of all databases,
-- $4 how many.
with session as (
    select a.pid, a.datname, a.usename, a.application_name, host(a.client_addr) as client,
           coalesce(a.backend_type, 'not shown') as kind, a.state, a.query_start, a.query,
           nullif(concat_ws(':', a.wait_event_type, a.wait_event), '') as waits_for,
           extract(epoch from clock_timestamp() - a.query_start)::bigint as running,
           extract(epoch from clock_timestamp() - a.xact_start)::bigint as transaction
      from pg_catalog.pg_stat_activity a
     where a.pid <> pg_backend_pid()
       and a.leader_pid is null
       and ($3::boolean or a.datname = current_database())),
  active as (
    select * from session
     where state in ('active', 'fastpath function call')
       and running >= $2::bigint
       and kind in ('client backend', 'autovacuum worker', 'background worker'))
select json_build_object(
         'active', (select count(*) from active),
         'idle', (select count(*) from session where state = 'idle'),
         'idleInTransaction', (select count(*) from session where state like 'idle in transaction%'),
         'statesNotShown', (select count(*) from session
                             where state is null and kind in ('client backend', 'not shown')),
         'queries', coalesce((
           select json_agg(
                    json_build_object(
                      'pid', pid, 'runningSeconds', running, 'transactionSeconds', transaction,
                      'database', datname, 'role', usename, 'application', left(application_name, 60),
                      'client', client, 'kind', nullif(kind, 'client backend'),
                      'waitsFor', waits_for,
                      'blockedBy', case when waits_for like 'Lock:%'
                                        then (select json_agg(distinct b)
                                                from unnest(pg_blocking_pids(pid)) b) end,
                      'started', query_start,
                      'query', case when $1::boolean then left(query, 4000) end)
                    order by running desc, pid)
             from (select * from active order by running desc, pid limit $4::int) longest), '[]'))
