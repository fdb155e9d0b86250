-- How many tables with pages bloat cannot be estimated for: without statistics, or whose statistics this
-- login does not see.
select count(*)::int
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind = 'r' and c.relpages > 0
   and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_%'
   and (row_security_active(c.oid) or c.reltuples < 0
        or not has_any_column_privilege(c.oid, 'select'))
