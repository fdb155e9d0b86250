-- Findings, before PostgreSQL 17.
with counted as (
    select checkpoints_timed as timed, checkpoints_req as requested from pg_catalog.pg_stat_bgwriter)
select case when requested > 20 and requested > timed then 'notice' else 'ok' end,
       null::text,
       format('%s checkpoints by time, %s because there was too much WAL or somebody asked', timed, requested),
       case when requested > 20 and requested > timed
            then 'Raise max_wal_size (' || current_setting('max_wal_size') || ').' end
  from counted
