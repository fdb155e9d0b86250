-- $1 whether numbers of restricted tables are shown, $2 how many. Thresholds are autovacuum's own, with
-- what a table sets for itself; from PostgreSQL 18 they have an upper limit.
with settings as (
    select current_setting('autovacuum_vacuum_threshold')::numeric as base,
           current_setting('autovacuum_vacuum_scale_factor')::numeric as factor,
           coalesce(current_setting('autovacuum_vacuum_max_threshold', true), '-1')::numeric as most,
           current_setting('autovacuum_analyze_threshold')::numeric as analyze_base,
           current_setting('autovacuum_analyze_scale_factor')::numeric as analyze_factor),
  judged as (
    select format('%I.%I', s.schemaname, s.relname) as "table", s.n_live_tup, s.n_dead_tup,
           s.n_mod_since_analyze, c.reltuples,
           greatest(s.last_vacuum, s.last_autovacuum) as vacuumed,
           greatest(s.last_analyze, s.last_autoanalyze) as analyzed,
           coalesce(o.enabled, 'true')::boolean as enabled,
           case when limits.most >= 0 then least(limits.threshold, limits.most)
                else limits.threshold end as threshold,
           limits.analyze_threshold,
           row_security_active(c.oid)
             or (c.relispartition
                 and exists (select from pg_partition_ancestors(c.oid) a
                              where row_security_active(a.relid))) as restricted
      from pg_catalog.pg_stat_user_tables s
      join pg_catalog.pg_class c on c.oid = s.relid and c.relkind in ('r', 'm')
     cross join settings g
     cross join lateral (
       select max(option_value) filter (where option_name = 'autovacuum_enabled') as enabled,
              max(option_value) filter (where option_name = 'autovacuum_vacuum_threshold') as base,
              max(option_value) filter (where option_name = 'autovacuum_vacuum_scale_factor') as factor,
              max(option_value) filter (where option_name = 'autovacuum_vacuum_max_threshold') as most
         from pg_options_to_table(c.reloptions)) o
     cross join lateral (
       select coalesce(o.base::numeric, g.base)
                + coalesce(o.factor::numeric, g.factor) * greatest(c.reltuples, 0)::numeric as threshold,
              coalesce(o.most::numeric, g.most) as most,
              g.analyze_base + g.analyze_factor * greatest(c.reltuples, 0)::numeric
                as analyze_threshold) limits),
  seen as (
    select * from judged where $1::boolean or not restricted),
  due as (
    select *, n_dead_tup > threshold as overdue from seen
     where n_dead_tup > threshold
        or (not enabled and n_dead_tup > 1000)
        or (n_mod_since_analyze > 2 * analyze_threshold and n_mod_since_analyze > 10000)
        or (analyzed is null and reltuples < 0 and n_live_tup > 1000)),
  holder as (
    select 'session ' || pid as holder, usename::text as owner, state, age(backend_xmin) as held
      from pg_catalog.pg_stat_activity
     where backend_xmin is not null and pid <> pg_backend_pid() and backend_type <> 'walsender'
     union all
    select 'standby ' || application_name || ' (hot_standby_feedback)', usename::text, state,
           age(backend_xmin)
      from pg_catalog.pg_stat_replication where backend_xmin is not null
     union all
    select 'replication slot ' || slot_name, database::text,
           case when active then 'active' else 'not used' end,
           greatest(age(xmin), age(catalog_xmin))
      from pg_catalog.pg_replication_slots where coalesce(xmin, catalog_xmin) is not null
     union all
    select 'prepared transaction ' || left(gid, 60), owner::text, 'since ' || date_trunc('second', prepared),
           age(transaction)
      from pg_catalog.pg_prepared_xacts)
select json_build_object(
         'autovacuum', current_setting('autovacuum'),
         'trackCounts', current_setting('track_counts'),
         'maxWorkers', current_setting('autovacuum_max_workers')::int,
         'runningNow', (select count(*) from pg_catalog.pg_stat_progress_vacuum),
         'tables', (select count(*) from seen),
         'dueFound', (select count(*) from due),
         'switchedOff', (select count(*) from seen where not enabled),
         'due', coalesce((
           select json_agg(
                    json_build_object(
                      'table', "table", 'deadRows', n_dead_tup, 'rows', n_live_tup,
                      'deadPercent', round(100.0 * n_dead_tup / nullif(n_live_tup + n_dead_tup, 0), 1),
                      'vacuumFrom', ceil(threshold), 'autovacuumOff', case when not enabled then true end,
                      'changedSinceAnalyze', n_mod_since_analyze,
                      'vacuumed', date_trunc('second', vacuumed), 'analyzed', date_trunc('second', analyzed))
                    order by n_dead_tup desc, "table")
             from (select * from due order by n_dead_tup desc, "table" limit $2::int) d), '[]'),
         'heldBackBy', coalesce((
           select json_agg(json_build_object('holder', holder, 'owner', owner, 'state', state,
                                             'transactions', held) order by held desc)
             from (select * from holder order by held desc limit 5) h), '[]'),
         'running', coalesce((
           select json_agg(json_build_object('pid', pid, 'table', relid::regclass, 'phase', phase,
                                             'percent', round(100.0 * heap_blks_scanned
                                                              / nullif(heap_blks_total, 0), 1)))
             from pg_catalog.pg_stat_progress_vacuum
            where datname = current_database()), '[]'),
         'leftOut', case when exists (select from judged where restricted and not $1::boolean)
           then 'Left out: ' || (select count(*) from judged where restricted)
                || ' tables with row-level security; they take admin on the database.' end)
