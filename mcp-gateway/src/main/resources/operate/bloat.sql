-- $1 schema or null, $2 percent and $3 MB from which on, $4 how many of each. pg_stats shows a login the
-- statistics of what it may read and of no table with row-level security, so these estimates do too.
with bloated_table as (
-- include bloated_tables
     ),
  bloated_index as (
-- include bloated_indexes
     ),
  "table" as (
    select table_name, table_size, least(bloat_size, table_size) as bloat_size,
           least(bloat_percentage, 100) as bloat_percentage
      from bloated_table where least(bloat_size, table_size) >= $3::bigint * 1024 * 1024 and bloat_size > 0),
  index as (
    select table_name, index_name, index_size, least(bloat_size, index_size) as bloat_size,
           least(bloat_percentage, 100) as bloat_percentage
      from bloated_index where least(bloat_size, index_size) >= $3::bigint * 1024 * 1024 and bloat_size > 0)
select json_build_object(
         'tablesFound', (select count(*) from "table"),
         'indexesFound', (select count(*) from index),
         'bloatBytes', coalesce((select sum(bloat_size) from "table"), 0)::bigint
                         + coalesce((select sum(bloat_size) from index), 0)::bigint,
         'notJudged', (
           select count(*)
             from pg_catalog.pg_class c
             join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and c.relpages > 0
              and n.nspname <> 'information_schema' and n.nspname not like 'pg\_%'
              and ($1::text is null or n.nspname = $1)
              and (row_security_active(c.oid) or c.reltuples < 0
                   or not has_any_column_privilege(c.oid, 'select'))),
         'tables', coalesce((
           select json_agg(json_build_object('table', table_name, 'sizeBytes', table_size,
                                             'bloatBytes', bloat_size::bigint, 'bloatPercent', bloat_percentage)
                           order by bloat_size desc, table_name)
             from (select * from "table" order by bloat_size desc, table_name limit $4::int) t), '[]'),
         'indexes', coalesce((
           select json_agg(json_build_object('index', index_name, 'table', table_name,
                                             'sizeBytes', index_size, 'bloatBytes', bloat_size::bigint,
                                             'bloatPercent', bloat_percentage)
                           order by bloat_size desc, index_name)
             from (select * from index order by bloat_size desc, index_name limit $4::int) i), '[]'))
