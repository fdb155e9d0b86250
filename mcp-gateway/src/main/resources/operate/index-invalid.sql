-- $1 schema or null, $2 how many.
with found as (
-- include invalid_indexes
     )
select json_build_object(
         'found', (select count(*) from found),
         'list', coalesce((
           select json_agg(json_build_object('index', index_name, 'table', table_name,
                                             'drop', 'drop index concurrently ' || index_name))
             from (select * from found order by table_name, index_name limit $2::int) f), '[]'))
