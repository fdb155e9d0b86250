-- $1 whether sizes of restricted tables are shown, $2 schema or null, $3 scans that an unused index has
-- had at most, $4 how many of each kind. Unused, duplicate and redundant indexes, and tables that are read
-- in sequence. None that holds a constraint or is a replica identity is called superfluous.
with locked as (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null and pid <> pg_backend_pid()
       and database = (select oid from pg_catalog.pg_database where datname = current_database())),
  restricted as (
    select c.oid
      from pg_catalog.pg_class c
     where row_security_active(c.oid)
        or (c.relispartition and exists (select from pg_partition_ancestors(c.oid) a
                                          where row_security_active(a.relid)))),
  index as (
    select i.indexrelid, i.indrelid, format('%I.%I', n.nspname, x.relname) as name,
           format('%I.%I', n.nspname, t.relname) as "table",
           i.indisunique, i.indisreplident, x.relam,
           (i.indkey::int2[])[0:i.indnkeyatts - 1] as keys,
           (i.indclass::oid[])[0:i.indnkeyatts - 1] as classes,
           (i.indcollation::oid[])[0:i.indnkeyatts - 1] as collations,
           (i.indoption::int2[])[0:i.indnkeyatts - 1] as options,
           i.indkey::int2[] as columns,
           coalesce(pg_get_expr(i.indexprs, i.indrelid), '') as expressions,
           coalesce(pg_get_expr(i.indpred, i.indrelid), '') as predicate,
           i.indexrelid in (select k.conindid from pg_catalog.pg_constraint k
                             where k.conindid <> 0) as holds,
           case when ($1::boolean or i.indrelid not in (select oid from restricted))
                 and i.indexrelid not in (select relation from locked)
                then pg_relation_size(i.indexrelid) end as size,
           s.idx_scan, (to_jsonb(s) ->> 'last_idx_scan')::timestamptz as last_scan
      from pg_catalog.pg_index i
      join pg_catalog.pg_class x on x.oid = i.indexrelid
      join pg_catalog.pg_class t on t.oid = i.indrelid
      join pg_catalog.pg_namespace n on n.oid = t.relnamespace
      join pg_catalog.pg_stat_user_indexes s on s.indexrelid = i.indexrelid
     where i.indisvalid and i.indislive
       and i.indrelid not in (select relation from locked)
       and ($2::text is null or n.nspname = $2)),
  unused as (
    select * from index
     where idx_scan <= $3::bigint
       and not indisunique and not holds and not indisreplident),
  covered as (
    select distinct on (a.indexrelid)
           a.*, b.name as by,
           case when a.keys = b.keys and a.columns = b.columns then 'duplicate' else 'redundant' end as kind
      from index a
      join index b
        on b.indrelid = a.indrelid and b.indexrelid <> a.indexrelid and b.relam = a.relam
       and b.predicate = a.predicate
       and b.keys[0:array_upper(a.keys, 1)] = a.keys
       and b.classes[0:array_upper(a.keys, 1)] = a.classes
       and b.collations[0:array_upper(a.keys, 1)] = a.collations
       and b.options[0:array_upper(a.keys, 1)] = a.options
       and a.columns <@ b.columns
       and (0 <> all (a.keys) or (a.keys = b.keys and a.expressions = b.expressions))
       and (a.keys = b.keys or a.relam = (select oid from pg_catalog.pg_am where amname = 'btree'))
     where not a.holds and not a.indisreplident
       and (not a.indisunique or (b.indisunique and a.keys = b.keys))
       -- Of two that are the same only one is superfluous.
       and (a.keys <> b.keys or a.columns <> b.columns or b.holds or b.indisreplident
            or (b.indisunique and not a.indisunique)
            or (a.indisunique = b.indisunique and a.indexrelid > b.indexrelid))
     order by a.indexrelid, (a.keys = b.keys) desc, b.indexrelid),
  scanned as (
    select format('%I.%I', s.schemaname, s.relname) as "table", s.seq_scan, s.idx_scan,
           s.seq_tup_read / nullif(s.seq_scan, 0) as rows_per_scan, s.seq_tup_read,
           c.relpages * current_setting('block_size')::bigint as size
      from pg_catalog.pg_stat_user_tables s
      join pg_catalog.pg_class c on c.oid = s.relid
     where ($2::text is null or s.schemaname = $2)
       and ($1::boolean or s.relid not in (select oid from restricted))
       and s.seq_scan > 50
       and s.seq_scan > coalesce(s.idx_scan, 0)
       and s.seq_tup_read / nullif(s.seq_scan, 0) > 10000)
select json_build_object(
         'since', (select stats_reset from pg_catalog.pg_stat_database
                    where datname = current_database()),
         'daysCounted', (select floor(extract(epoch from now() - coalesce(
                                  stats_reset, pg_postmaster_start_time())) / 86400)::int
                           from pg_catalog.pg_stat_database where datname = current_database()),
         'standby', pg_is_in_recovery(),
         'indexes', (select count(*) from index),
         'unusedFound', (select count(*) from unused),
         'unused', coalesce((
           select json_agg(json_build_object('index', name, 'table', "table", 'sizeBytes', size,
                                             'scans', idx_scan, 'lastScan', date_trunc('second', last_scan),
                                             'drop', 'drop index concurrently ' || name)
                           order by size desc nulls last, name)
             from (select * from unused order by size desc nulls last, name limit $4::int) u), '[]'),
         'coveredFound', (select count(*) from covered),
         'covered', coalesce((
           select json_agg(json_build_object('index', name, 'kind', kind, 'coveredBy', by,
                                             'table', "table", 'sizeBytes', size, 'scans', idx_scan,
                                             'drop', 'drop index concurrently ' || name)
                           order by size desc nulls last, name)
             from (select * from covered order by size desc nulls last, name limit $4::int) c), '[]'),
         'scannedFound', (select count(*) from scanned),
         'scanned', coalesce((
           select json_agg(json_build_object('table', "table", 'sizeBytes', size, 'seqScans', seq_scan,
                                             'indexScans', idx_scan, 'rowsPerSeqScan', rows_per_scan)
                           order by seq_tup_read desc)
             from (select * from scanned order by seq_tup_read desc limit $4::int) s), '[]'),
         'leftOut', case when not $1::boolean and exists (select from restricted)
           then 'Left out: sizes, and sequential scans, of tables with row-level security; they take admin'
                || ' on the database.' end)
