-- $1 how many tables. Ages in transactions; at 2^31 a database takes no more writes, and from
-- autovacuum_freeze_max_age on autovacuum freezes by force.
with limits as (
    select current_setting('autovacuum_freeze_max_age')::bigint as xid,
           current_setting('autovacuum_multixact_freeze_max_age')::bigint as multixact,
           2147483648::numeric as most),
  oldest as (
    select c.oid, format('%I.%I', n.nspname, c.relname) as "table", c.relkind,
           greatest(age(c.relfrozenxid), age(t.relfrozenxid)) as xid_age,
           greatest(mxid_age(c.relminmxid), mxid_age(t.relminmxid)) as multixact_age
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      left join pg_catalog.pg_class t on t.oid = c.reltoastrelid and c.reltoastrelid <> 0
     where c.relkind in ('r', 'm')
     order by 4 desc, 2
     limit $1::int)
select json_build_object(
         'forcedFrom', (select xid from limits),
         'databases', (
           select json_agg(
                    json_build_object(
                      'database', datname, 'xidAge', age(datfrozenxid),
                      'usedPercent', round(100.0 * age(datfrozenxid) / most, 1),
                      'ofForcedPercent', round(100.0 * age(datfrozenxid) / xid, 1),
                      'multixactAge', mxid_age(datminmxid),
                      'multixactPercent', round(100.0 * mxid_age(datminmxid) / most, 1))
                    order by age(datfrozenxid) desc, datname)
             from (select * from pg_catalog.pg_database order by age(datfrozenxid) desc, datname limit 20) d,
                  limits),
         'oldestTables', coalesce((
           select json_agg(json_build_object('table', "table", 'xidAge', xid_age,
                                             'usedPercent', round(100.0 * xid_age / most, 1),
                                             'multixactAge', multixact_age)
                           order by xid_age desc, "table")
             from oldest, limits), '[]'))
