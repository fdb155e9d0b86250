-- name: largest tables
SELECT c.oid::regclass AS table, pg_size_pretty(pg_total_relation_size(c.oid)) AS total,
       pg_size_pretty(pg_table_size(c.oid)) AS heap,
         pg_size_pretty(pg_indexes_size(c.oid)) AS indexes,
       c.reltuples::bigint AS rows, c.relpages
FROM pg_class c WHERE c.relkind = 'r' ORDER BY pg_total_relation_size(c.oid) DESC LIMIT 10

-- name: size of the database
select pg_size_pretty(pg_database_size(current_database())), pg_relation_size('sale', 'fsm'),
       pg_relation_filenode('sale') > 0

-- name: scans and live rows
select relname, seq_scan, idx_scan, n_live_tup, n_dead_tup, last_vacuum, last_autoanalyze,
       round(100.0 * n_dead_tup / nullif(n_live_tup + n_dead_tup, 0), 1) as dead_percent
  from pg_stat_user_tables order by n_dead_tup desc

-- name: unused indexes
select s.indexrelid::regclass, s.idx_scan, pg_size_pretty(pg_relation_size(s.indexrelid))
  from pg_stat_user_indexes s join pg_index i using (indexrelid)
 where s.idx_scan = 0 and not i.indisunique order by pg_relation_size(s.indexrelid) desc

-- name: duplicate indexes
select indrelid::regclass, array_agg(indexrelid::regclass) from pg_index
 group by indrelid, indkey::text, indclass::text, coalesce(indexprs::text, ''),
   coalesce(indpred::text, '')
having count(*) > 1

-- name: cache hits
select sum(heap_blks_hit) / nullif(sum(heap_blks_hit) + sum(heap_blks_read), 0)::numeric as ratio
  from pg_statio_user_tables

-- name: statistics of the database
select datname, numbackends, xact_commit, xact_rollback, blks_hit, tup_returned, deadlocks,
       temp_bytes,
       stats_reset from pg_stat_database where datname = current_database()

-- name: slowest statements
SELECT queryid, left(query, 60) AS query, calls, round(total_exec_time::numeric, 1) AS total_ms,
       round(mean_exec_time::numeric, 2) AS mean_ms, rows,
       100.0 * shared_blks_hit / nullif(shared_blks_hit + shared_blks_read, 0) AS hit_percent
FROM pg_stat_statements WHERE dbid > 0 ORDER BY total_exec_time DESC LIMIT 20

-- name: share of the time of each statement
select query, total_exec_time / sum(total_exec_time) over () as share, stddev_exec_time
  from pg_stat_statements order by share desc

-- name: is it installed
select exists (select from pg_extension where extname = 'pg_stat_statements') as installed

-- name: locks held
select l.locktype, l.relation::regclass, l.mode, l.granted, l.pid, l.fastpath, l.waitstart
  from pg_locks l where l.database = (select oid from pg_database where datname =
    current_database())

-- name: who waits for whom
select w.pid as waits, pg_blocking_pids(w.pid) as for_pids,
       w.mode from pg_locks w where not w.granted

-- name: advisory locks seen
select classid, objid, mode from pg_locks where locktype = 'advisory'

-- name: settings that differ from the default
select name, setting, unit, source, boot_val, pending_restart from pg_settings
 where setting is distinct from boot_val and source <> 'override' order by name

-- name: memory settings
select current_setting('work_mem'), current_setting('shared_buffers'), current_setting('nothing',
       true),
       pg_size_bytes(current_setting('work_mem'))

-- name: settings by pattern
select name, setting, short_desc, context, vartype, min_val, max_val, enumvals from pg_settings
 where name ~ '(vacuum|work_mem)' order by name

-- name: server
select version(), pg_postmaster_start_time(), now() - pg_postmaster_start_time() as up,
       current_setting('server_version_num')::int / 10000 as major, pg_is_in_recovery(),
       inet_server_port(), pg_backend_pid() > 0, pg_conf_load_time()

-- name: replication
select client_addr, state, sent_lsn, replay_lsn, replay_lag, sync_state from pg_stat_replication

-- name: replication slots and write-ahead log
select slot_name, active, restart_lsn, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) as behind,
       wal_status from pg_replication_slots

-- name: receiver and archiver
select (select status from pg_stat_wal_receiver), archived_count, failed_count from pg_stat_archiver

-- name: background writer
select buffers_clean, maxwritten_clean, buffers_alloc, stats_reset from pg_stat_bgwriter

-- name: checkpoints
-- needs: 17
select num_timed, num_requested, write_time, sync_time from pg_stat_checkpointer

-- name: input and output by kind
-- needs: 16
select backend_type, object, context, reads, writes, hits from pg_stat_io where reads > 0

-- name: age of transactions
select datname, age(datfrozenxid), mxid_age(datminmxid),
       round(100.0 * age(datfrozenxid) / 2000000000, 2) as percent from pg_database

-- name: tables near a freeze
select c.oid::regclass, age(c.relfrozenxid), c.reloptions from pg_class c
 where c.relkind in ('r', 'm', 't') order by age(c.relfrozenxid) desc limit 10

-- name: progress of maintenance
select 'vacuum' as kind, pid, relid::regclass, phase from pg_stat_progress_vacuum
union all select 'index', pid, relid::regclass, phase from pg_stat_progress_create_index
union all select 'analyze', pid, relid::regclass, phase from pg_stat_progress_analyze
union all select 'copy', pid, relid::regclass, command from pg_stat_progress_copy

-- name: calls of functions
select schemaname, funcname, calls, total_time, self_time from pg_stat_user_functions

-- name: estimated bloat
select c.oid::regclass, c.relpages, ceil(c.reltuples * w.width / 8192) as pages_needed
  from pg_class c join lateral (select sum(avg_width) + 24 as width from pg_stats s
    where s.schemaname = c.relnamespace::regnamespace::text and s.tablename = c.relname) w on true
 where c.relkind = 'r' and c.relnamespace = 'retail'::regnamespace

-- name: identities near their end
select seqrelid::regclass, coalesce(pg_sequence_last_value(seqrelid), 0)::numeric / seqmax as used
  from pg_sequence where has_sequence_privilege(seqrelid, 'select')

-- name: tables without a primary key
select c.oid::regclass from pg_class c where c.relkind in ('r', 'p')
   and c.relnamespace = 'retail'::regnamespace and not c.relispartition
   and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')

-- name: snapshot and transaction, if any
select pg_current_snapshot(), pg_snapshot_xmin(pg_current_snapshot()),
       pg_current_xact_id_if_assigned(),
       txid_current_if_assigned(), pg_xact_commit_timestamp is null
  from (values (null)) v (pg_xact_commit_timestamp)

-- name: system columns
select ctid, xmin, tableoid::regclass, cmin from sale order by ctid limit 3

-- name: rows of a page
select (ctid::text::point)[0]::int as page, count(*) from sale group by 1 order by 1

-- name: estimate instead of a count
select reltuples::bigint as estimate, pg_relation_size(oid) / greatest(relpages, 1) as page
  from pg_class where oid = to_regclass('retail.sale')

-- name: names of the server's time zones, options and keywords
select (select count(*) from pg_timezone_names where utc_offset = '1 hour'),
       (select count(*) from pg_timezone_abbrevs), (select count(*) from pg_get_keywords())

-- name: sessions by state, without what they run
select state, count(*) from pg_stat_activity group by state

-- name: subscriptions without how to connect
select subname, subenabled from pg_subscription

-- name: sessions that wait for another, without what they run
select a.pid, a.state, a.wait_event_type, a.wait_event, b.pid as blocker
  from pg_stat_activity a
  join pg_stat_activity b on b.pid = any (pg_blocking_pids(a.pid))
 where a.datname = current_database()
