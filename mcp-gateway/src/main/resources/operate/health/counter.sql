-- Findings. What the server has counted of this database since its statistics began.
with counted as (
    select s.*, greatest(extract(epoch from now() - coalesce(stats_reset, pg_postmaster_start_time()))
                         / 86400, 1.0 / 24) as days,
           xact_commit + xact_rollback as transactions
      from pg_catalog.pg_stat_database s where datname = current_database())
select case when deadlocks / days > 10 then 'warning' when deadlocks > 0 then 'notice' else 'ok' end,
       null::text,
       format('%s deadlocks, %s %% of transactions rolled back, %s written to temporary files in %s days',
              deadlocks, round(100.0 * xact_rollback / nullif(transactions, 0), 1),
              pg_size_pretty(temp_bytes), round(days::numeric, 1)),
       case when deadlocks > 0 then 'Have transactions lock rows in one order, and keep them short.' end
  from counted
 union all
select 'notice', 'temporary files', pg_size_pretty((temp_bytes / days)::bigint) || ' a day',
       'Sorts and hashes do not fit work_mem (' || current_setting('work_mem')
       || ' in this session): find them with top_queries.'
  from counted where temp_bytes > 1073741824 and temp_bytes / days > 1073741824
 union all
select 'notice', 'rollbacks', round(100.0 * xact_rollback / transactions, 1) || ' % of transactions',
       'Look into the log for the errors behind them. (Reads of this gateway end in a rollback and count.)'
  from counted where transactions > 10000 and xact_rollback > 0.2 * transactions
 union all
select 'critical', 'checksums', checksum_failures || ' pages failed their checksum',
       'Storage is failing: back up what can be read, look into the log, move to another machine.'
  from counted where checksum_failures > 0
 union all
select 'warning', 'conflicts', conflicts || ' queries of this standby were ended by recovery',
       'Set hot_standby_feedback or max_standby_streaming_delay.'
  from counted where conflicts / days > 10
