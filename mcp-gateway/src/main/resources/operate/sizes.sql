-- $1 whether sizes of restricted tables are shown, $2 how many of each.
with locked as (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null and pid <> pg_backend_pid()
       and database = (select oid from pg_catalog.pg_database where datname = current_database())),
  relation as (
    select c.oid, n.nspname, format('%I.%I', n.nspname, c.relname) as name, c.reltoastrelid,
           row_security_active(c.oid)
             or (c.relispartition
                 and exists (select from pg_partition_ancestors(c.oid) a
                              where row_security_active(a.relid))) as restricted
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'm')
       and n.nspname not in ('pg_catalog', 'information_schema')
       and n.nspname not like 'pg\_t%'
       and c.oid not in (select relation from locked)),
  measured as (
    select *, pg_relation_size(oid) as heap, pg_indexes_size(oid) as indexes,
           coalesce(pg_total_relation_size(nullif(reltoastrelid, 0)), 0) as toast,
           pg_total_relation_size(oid) as total
      from relation
     where $1::boolean or not restricted),
  index as (
    select format('%I.%I', n.nspname, x.relname) as name, m.name as "table",
           pg_relation_size(x.oid) as size
      from measured m
      join pg_catalog.pg_index i on i.indrelid = m.oid
      join pg_catalog.pg_class x on x.oid = i.indexrelid
      join pg_catalog.pg_namespace n on n.oid = x.relnamespace
     where x.relpages > 0 and x.oid not in (select relation from locked))
select json_build_object(
         'database', current_database(),
         'databaseBytes', pg_database_size(current_database()),
         'locked', (select count(distinct relation) from locked),
         'databases', (
           select json_agg(json_build_object('database', datname, 'sizeBytes', size)
                           order by size desc nulls last, datname)
             from (select datname,
                          case when has_database_privilege(oid, 'connect')
                                 or pg_has_role('pg_read_all_stats', 'usage')
                               then pg_database_size(oid) end as size
                     from pg_catalog.pg_database
                    where datallowconn and not datistemplate
                    order by size desc nulls last, datname limit 20) d),
         'tablespaces', (
           select json_agg(json_build_object(
                             'tablespace', spcname, 'location', nullif(pg_tablespace_location(oid), ''),
                             'sizeBytes', case when has_tablespace_privilege(oid, 'create')
                                                 or pg_has_role('pg_read_all_stats', 'usage')
                                               then pg_tablespace_size(oid) end)
                           order by spcname)
             from pg_catalog.pg_tablespace where spcname <> 'pg_global'),
         'schemas', coalesce((
           select json_agg(json_build_object('schema', nspname, 'sizeBytes', size, 'tables', tables)
                           order by size desc, nspname)
             from (select nspname, sum(total)::bigint as size, count(*) as tables
                     from measured group by nspname order by size desc, nspname limit $2::int) s), '[]'),
         'tables', coalesce((
           select json_agg(json_build_object('table', name, 'totalBytes', total, 'heapBytes', heap,
                                             'indexesBytes', indexes, 'toastBytes', toast)
                           order by total desc, name)
             from (select * from measured order by total desc, name limit $2::int) t), '[]'),
         'indexes', coalesce((
           select json_agg(json_build_object('index', name, 'table', "table", 'sizeBytes', size)
                           order by size desc, name)
             from (select * from index order by size desc, name limit $2::int) i), '[]'),
         'leftOut', case when not $1::boolean and exists (select from relation where restricted)
           then 'Left out: ' || (select count(*) from relation where restricted)
                || ' tables with row-level security; they take admin on the database.' end)
