-- $1 schema or null. Findings.
with not_valid as (
-- include not_valid_constraints
     ),
  twice as (
-- include duplicated_foreign_keys
     ),
  other_type as (
-- include foreign_keys_with_unmatched_column_type
     ),
  without_key as (
-- include tables_without_primary_key
     )
select 'ok', null::text,
       format('%s constraints are not valid, %s tables have no primary key',
              (select count(*) from not_valid), (select count(*) from without_key)), null::text
 union all
(select 'warning', constraint_name || ' on ' || table_name,
        'not valid: rows from before it may break it',
        format('Mend those rows, then alter table %s validate constraint %s', table_name, constraint_name)
   from not_valid order by table_name, constraint_name limit 100)
 union all
(select 'notice', table_name, 'no primary key: rows cannot be told apart, nor replicated by key',
        'Add one (alter table … add primary key), or a unique index that is its replica identity.'
   from without_key order by table_name limit 100)
 union all
(select 'notice', constraint_name || ' on ' || table_name,
        'the same foreign key as ' || duplicate_constraint_name,
        format('alter table %s drop constraint %s', table_name, duplicate_constraint_name)
   from twice order by table_name, constraint_name limit 100)
 union all
(select 'notice', constraint_name || ' on ' || table_name,
        'its columns have another type than those that they refer to',
        'Give both the same type.'
   from other_type order by table_name, constraint_name limit 100)
