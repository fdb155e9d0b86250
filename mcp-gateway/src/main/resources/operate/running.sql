-- $1 pid, $2 when its statement started. Whether it still runs; null where that is not shown.
select case when a.state is null then null
            else a.state in ('active', 'fastpath function call')
                 and a.query_start = $2::timestamptz end
  from pg_catalog.pg_stat_activity a
 where a.pid = $1::int
