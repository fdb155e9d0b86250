-- $1 what to sort by, $2 how many, $3 characters of a text, or null for all of it, $4 whether only
-- what callers sent themselves. %s is the schema of the extension. Columns of version 1.8 and later.
with known as (
select s.queryid,
       s.query,
       s.userid,
       s.calls,
       s.total_exec_time,
       s.mean_exec_time,
       s.max_exec_time,
       s.rows,
       s.shared_blks_hit,
       s.shared_blks_read,
       s.temp_blks_written,
       s.wal_bytes,
       coalesce((to_jsonb(s.*) ->> 'toplevel')::boolean, true) as toplevel,
       sum(s.total_exec_time) over () as all_time,
       count(*) over () as all_statements
  from %s.pg_stat_statements s
 where s.dbid = (select d.oid from pg_catalog.pg_database d where d.datname = current_database()))
select jsonb_build_object(
         'queryId', k.queryid::text,
         'query', left(k.query, coalesce($3::int, length(k.query))),
         'cut', length(k.query) > $3::int,
         'role', pg_get_userbyid(k.userid),
         'calls', k.calls,
         'totalMs', round(k.total_exec_time::numeric, 1),
         'meanMs', round(k.mean_exec_time::numeric, 3),
         'maxMs', round(k.max_exec_time::numeric, 3),
         'rows', k.rows,
         'readBlocks', k.shared_blks_read,
         'hitPercent', round(100 * k.shared_blks_hit
                             / nullif(k.shared_blks_hit + k.shared_blks_read, 0), 1),
         'tempBlocks', k.temp_blks_written,
         'walBytes', k.wal_bytes,
         'sharePercent', round((100 * k.total_exec_time / nullif(k.all_time, 0))::numeric, 1),
         'statements', k.all_statements)
  from known k
 where k.toplevel or not $4::boolean
 order by case $1::text
            when 'total_time' then k.total_exec_time
            when 'mean_time' then k.mean_exec_time
            when 'calls' then k.calls
            when 'rows' then k.rows
            when 'temp' then k.temp_blks_written
            else k.wal_bytes end desc,
          k.queryid
 limit $2::int
