-- $1 schema or null. Findings.
with not_valid as (
-- include not_valid_constraints
     ),
  twice as (
-- include duplicated_foreign_keys
     ),
  valid as (
    select conrelid::regclass::text as table_name, quote_ident(conname) as constraint_name
      from pg_catalog.pg_constraint where contype = 'f' and convalidated),
  -- Of two, one that is valid is kept.
  needless as (
    select t.table_name,
           case when first.constraint_name is null and second.constraint_name is not null
                then t.constraint_name else t.duplicate_constraint_name end as drops,
           case when first.constraint_name is null and second.constraint_name is not null
                then t.duplicate_constraint_name else t.constraint_name end as keeps
      from twice t
      left join valid first on (first.table_name, first.constraint_name) = (t.table_name, t.constraint_name)
      left join valid second
        on (second.table_name, second.constraint_name) = (t.table_name, t.duplicate_constraint_name)),
  unlogged as (
    select c.oid::regclass::text as name
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.relpersistence = 'u' and ($1::text is null or n.nspname = $1)),
  silent as (
    select t.tgrelid::regclass::text as table_name, string_agg(quote_ident(t.tgname), ', ' order by t.tgname) as triggers,
           bool_or(t.tgisinternal) as holds
      from pg_catalog.pg_trigger t
      join pg_catalog.pg_class c on c.oid = t.tgrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where t.tgenabled = 'D' and ($1::text is null or n.nspname = $1)
     group by t.tgrelid),
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
(select 'notice', drops || ' on ' || table_name, 'the same foreign key as ' || keeps,
        format('alter table %s drop constraint %s, if both do the same on delete and update', table_name, drops)
   from needless order by table_name, drops limit 100)
 union all
(select case when holds then 'warning' else 'notice' end, table_name,
        case when holds then 'foreign keys are not held: their triggers are disabled'
             else 'disabled triggers: ' || left(triggers, 200) end,
        format('alter table %s enable trigger %s', table_name, case when holds then 'all' else 'user' end)
   from silent order by table_name limit 100)
 union all
(select 'notice', name, 'unlogged: empty after a crash, and on standbys',
        format('alter table %s set logged, if its rows matter (writes it anew)', name)
   from unlogged order by name limit 100)
 union all
(select 'notice', constraint_name || ' on ' || table_name,
        'its columns have another type than those that they refer to',
        'Give both the same type.'
   from other_type order by table_name, constraint_name limit 100)
