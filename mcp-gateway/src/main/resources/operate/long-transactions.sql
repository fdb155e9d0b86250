-- $1 whether texts are shown, $2 seconds that a transaction is open at least, $3 how many.
-- Those of all databases: what any of them holds back is held back for all.
with open as (
    select a.pid, a.datname, a.usename, a.application_name, host(a.client_addr) as client, a.state,
           extract(epoch from clock_timestamp() - a.xact_start)::bigint as age,
           extract(epoch from clock_timestamp() - a.state_change)::bigint as in_state,
           age(a.backend_xmin) as holds, a.backend_xid is not null as has_written, a.query
      from pg_catalog.pg_stat_activity a
     where a.xact_start < clock_timestamp() - make_interval(secs => $2::bigint)
       and a.pid <> pg_backend_pid()),
  prepared as (
    select * from pg_catalog.pg_prepared_xacts
     where prepared < clock_timestamp() - make_interval(secs => $2::bigint))
select json_build_object(
         'found', (select count(*) from open),
         'oldestSeconds', (select max(age) from open),
         'idle', (select count(*) from open where state like 'idle in transaction%'),
         'statesNotShown', (select count(*) from pg_catalog.pg_stat_activity
                             where state is null and backend_type is null),
         'transactions', coalesce((
           select json_agg(
                    json_build_object(
                      'pid', pid, 'openSeconds', age, 'state', state, 'inStateSeconds', in_state,
                      'database', datname, 'role', usename, 'application', left(application_name, 60),
                      'client', client, 'hasWritten', has_written, 'holdsTransactions', holds,
                      'query', case when $1::boolean then left(query, 4000) end)
                    order by age desc, pid)
             from (select * from open order by age desc, pid limit $3::int) longest), '[]'),
         'prepared', coalesce((
           select json_agg(
                    json_build_object(
                      'gid', left(gid, 100),
                      'openSeconds', extract(epoch from clock_timestamp() - prepared)::bigint,
                      'database', database, 'role', owner, 'holdsTransactions', age(transaction))
                    order by prepared)
             from (select * from prepared order by prepared limit $3::int) oldest), '[]'))
