-- $1 pid, $2 when its statement started or null. Asks the session to end its statement, if it runs one.
select a.state, a.usename::text,
       a.query_start::text,
       case when a.state is null or a.state in ('active', 'fastpath function call')
            then pg_cancel_backend(a.pid) end
  from pg_catalog.pg_stat_activity a
 where a.pid = $1::int
   and a.pid <> pg_backend_pid()
   and ($2::timestamptz is null or a.query_start = $2::timestamptz)
