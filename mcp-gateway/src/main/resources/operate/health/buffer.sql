-- Findings. The server's own cache; what the operating system holds counts as a read.
with hits as (
    select sum(heap_blks_hit) as heap_hit, sum(heap_blks_hit + heap_blks_read) as heap,
           sum(idx_blks_hit) as index_hit, sum(coalesce(idx_blks_hit, 0) + coalesce(idx_blks_read, 0)) as index
      from pg_catalog.pg_statio_user_tables),
  rated as (
    select *, round(100.0 * heap_hit / nullif(heap, 0), 1) as of_tables,
           round(100.0 * index_hit / nullif(index, 0), 1) as of_indexes from hits)
select case when coalesce(heap, 0) + coalesce(index, 0) < 100000 then 'ok'
            when least(of_tables, of_indexes) < 80 then 'warning'
            when least(of_tables, of_indexes) < 95 then 'notice' else 'ok' end,
       null::text,
       format('%s %% of blocks of tables and %s %% of indexes came from shared_buffers (%s)%s',
              coalesce(of_tables::text, '–'), coalesce(of_indexes::text, '–'),
              current_setting('shared_buffers'),
              case when coalesce(heap, 0) + coalesce(index, 0) < 100000
                   then '; too few were read to judge' else '' end),
       case when coalesce(heap, 0) + coalesce(index, 0) >= 100000 and least(of_tables, of_indexes) < 95
            then 'Look for large sequential scans (index_stats, top_queries) first; then shared_buffers,'
                 || ' about a quarter of the memory.' end
  from rated
