-- Findings: a grade, what of (null for all), evidence, what to do.
with room as (
    select current_setting('max_connections')::int
             - current_setting('superuser_reserved_connections')::int
             - coalesce(current_setting('reserved_connections', true), '0')::int as places,
           (select count(*) from pg_catalog.pg_stat_activity
             where usesysid is not null
               and coalesce(backend_type, 'client backend') = 'client backend') as used),
  idle as (
    select count(*) as sessions,
           max(extract(epoch from clock_timestamp() - state_change))::bigint as longest
      from pg_catalog.pg_stat_activity
     where state like 'idle in transaction%'
       and state_change < clock_timestamp() - interval '5 minutes'),
  limited as (
    select d.datname, d.datconnlimit, s.numbackends
      from pg_catalog.pg_database d
      join pg_catalog.pg_stat_database s on s.datid = d.oid
     where d.datname = current_database() and d.datconnlimit > 0)
select case when used >= 0.9 * places then 'critical' when used >= 0.75 * places then 'warning'
            else 'ok' end as grade,
       null::text as object,
       format('%s of %s connections used (%s %%)', used, places, round(100.0 * used / places)) as evidence,
       case when used >= 0.75 * places
            then 'Find who holds them with active_queries; end idle ones, put a pooler before the server,'
                 || ' or raise max_connections (restart, memory for each).' end as advice
  from room
 union all
select 'warning', null,
       format('%s sessions idle in transaction for more than 5 min, the longest for %s s', sessions, longest),
       'See long_transactions; set idle_in_transaction_session_timeout, mend the application that does not'
       || ' commit.'
  from idle where sessions > 0
 union all
select 'warning', datname, format('%s of the %s connections that the database allows', numbackends, datconnlimit),
       'Raise the limit of the database (alter database … connection limit) or use fewer.'
  from limited where numbackends >= 0.8 * datconnlimit
