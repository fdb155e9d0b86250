-- $1 whether numbers of restricted tables are shown, $2 schema or null, $3 part of a name or null,
-- $4 what to order by, $5 how many. Columns that only newer versions have are taken from the row as JSON.
with locked as (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null and pid <> pg_backend_pid()
       and database = (select oid from pg_catalog.pg_database where datname = current_database())),
  counted as (
    select s.*,
           row_security_active(c.oid)
             or (c.relispartition
                 and exists (select from pg_partition_ancestors(c.oid) a
                              where row_security_active(a.relid))) as restricted,
           case when not exists (select from locked l where l.relation = c.oid)
                then pg_total_relation_size(c.oid) end as size
      from pg_catalog.pg_stat_user_tables s
      join pg_catalog.pg_class c on c.oid = s.relid
     where ($2::text is null or s.schemaname = $2)
       and ($3::text is null or position(lower($3) in lower(s.relname)) > 0)),
  shown as (
    select *, $1::boolean or not restricted as open from counted),
  ordered as (
    select *,
           case when open then case $4::text
             when 'rows' then n_live_tup
             when 'dead' then n_dead_tup
             when 'seq_scan' then seq_tup_read
             when 'writes' then n_tup_ins + n_tup_upd + n_tup_del
             when 'changed' then n_mod_since_analyze
             else size end end as place
      from shown
     order by place desc nulls last, schemaname, relname
     limit $5::int)
select json_build_object(
         'found', (select count(*) from shown),
         'since', (select stats_reset from pg_catalog.pg_stat_database
                    where datname = current_database()),
         'tables', coalesce((
           select json_agg(
                    json_build_object(
                      'table', format('%I.%I', schemaname, relname),
                      'sizeBytes', case when open then size end,
                      'rows', case when open then n_live_tup end,
                      'deadPercent', case when open then
                        round(100.0 * n_dead_tup / nullif(n_live_tup + n_dead_tup, 0), 1) end,
                      'seqScans', case when open then seq_scan end,
                      'rowsPerSeqScan', case when open then seq_tup_read / nullif(seq_scan, 0) end,
                      'indexScans', case when open then idx_scan end,
                      'inserts', case when open then n_tup_ins end,
                      'updates', case when open then n_tup_upd end,
                      'hotPercent', case when open then
                        round(100.0 * n_tup_hot_upd / nullif(n_tup_upd, 0), 1) end,
                      'deletes', case when open then n_tup_del end,
                      'changedSinceAnalyze', case when open then n_mod_since_analyze end,
                      'vacuumed', date_trunc('second', greatest(last_vacuum, last_autovacuum)),
                      'analyzed', date_trunc('second', greatest(last_analyze, last_autoanalyze)),
                      'read', date_trunc('second', greatest(
                        (to_jsonb(o) ->> 'last_seq_scan')::timestamptz,
                        (to_jsonb(o) ->> 'last_idx_scan')::timestamptz)))
                    order by place desc nulls last, schemaname, relname)
             from ordered o), '[]'),
         'leftOut', case when exists (select from shown where not open)
           then 'Left out: numbers of ' || (select count(*) from shown where not open)
                || ' tables with row-level security; they take admin on the database.' end)
