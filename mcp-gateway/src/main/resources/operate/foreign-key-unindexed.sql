-- $1 schema or null, $2 how many.
with found as (
-- include foreign_keys_without_index
     )
select json_build_object(
         'found', (select count(*) from found),
         'list', coalesce((
           select json_agg(
                    json_build_object(
                      'foreignKey', constraint_name, 'table', table_name,
                      'create', format('create index concurrently on %s (%s)', table_name,
                                       (select string_agg(left(c, length(c) - position(',' in reverse(c))), ', ' order by o)
                                          from unnest(columns) with ordinality u(c, o)))))
             from (select * from found order by table_name, constraint_name limit $2::int) f), '[]'))
