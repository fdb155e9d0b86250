-- $1 schema or null. Findings.
with found as (
-- include btree_indexes_on_array_columns
     )
(select 'notice', index_name || ' on ' || table_name, 'a B-tree on the array ' || column_name || ': of use for equality of whole arrays only',
        'A GIN index finds elements.'
   from found order by table_name, index_name limit 100)
