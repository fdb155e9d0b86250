-- $1 whether those that could be installed are listed too.
with known as (
    select e.extname, n.nspname, e.extversion, a.default_version, a.comment
      from pg_catalog.pg_extension e
      join pg_catalog.pg_namespace n on n.oid = e.extnamespace
      left join pg_catalog.pg_available_extensions a on a.name = e.extname)
select json_build_object(
         'outdated', (select count(*) from known where default_version <> extversion),
         'installed', coalesce((
           select json_agg(
                    json_build_object(
                      'extension', extname, 'schema', nspname, 'version', extversion,
                      'newer', case when default_version <> extversion then default_version end,
                      'update', case when default_version <> extversion
                                     then format('alter extension %I update', extname) end,
                      'comment', left(comment, 100))
                    order by extname)
             from known), '[]'),
         'availableFound', (select count(*) from pg_catalog.pg_available_extensions
                             where installed_version is null),
         'available', case when $1::boolean then (
           select json_agg(json_build_object('extension', name, 'version', default_version,
                                             'comment', left(comment, 80)) order by name)
             from (select * from pg_catalog.pg_available_extensions
                    where installed_version is null order by name limit 120) a) end,
         'preloaded', (select nullif(setting, '') from pg_catalog.pg_settings
                        where name = 'shared_preload_libraries'))
