-- name: tables
SELECT table_schema, table_name, table_type FROM information_schema.tables
WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2;

-- name: columns
select column_name, data_type, udt_name, is_nullable, column_default, character_maximum_length,
       numeric_precision, numeric_scale, ordinal_position, is_identity, generation_expression
  from information_schema.columns
 where table_schema = 'retail' and table_name = 'product' order by ordinal_position

-- name: primary keys
select kcu.table_name, string_agg(kcu.column_name, ', ' order by kcu.ordinal_position)
  from information_schema.table_constraints tc
  join information_schema.key_column_usage kcu using (constraint_schema, constraint_name,
    table_name)
 where tc.constraint_type = 'PRIMARY KEY' group by 1

-- name: foreign keys
select tc.table_name, kcu.column_name, ccu.table_name as refers_to, ccu.column_name as refers_column
  from information_schema.table_constraints as tc
  join information_schema.key_column_usage as kcu on tc.constraint_name = kcu.constraint_name
  join information_schema.constraint_column_usage as ccu on ccu.constraint_name = tc.constraint_name
 where tc.constraint_type = 'FOREIGN KEY'

-- name: schemata
select schema_name, schema_owner from information_schema.schemata order by schema_name

-- name: views
select table_name, view_definition, is_updatable from information_schema.views
 where table_schema = 'retail'

-- name: routines and parameters
select r.routine_name, r.data_type, r.routine_type, p.parameter_name, p.data_type, p.parameter_mode
  from information_schema.routines r
  left join information_schema.parameters p on p.specific_name = r.specific_name
 where r.routine_schema = 'retail' order by r.routine_name, p.ordinal_position

-- name: grants
select grantee, table_name, privilege_type from information_schema.role_table_grants
 where table_schema = 'retail'

-- name: triggers and checks
select trigger_name, event_manipulation, event_object_table, action_timing
  from information_schema.triggers
union all
select constraint_name, check_clause, '', '' from information_schema.check_constraints

-- name: sequences and domains
select sequence_name, data_type from information_schema.sequences
union all select domain_name, data_type from information_schema.domains

-- name: enabled roles and database
select role_name, (select catalog_name from information_schema.information_schema_catalog_name)
  from information_schema.enabled_roles

-- name: number of columns of each table
select table_name, count(*) from information_schema.columns where table_schema = 'retail'
 group by table_name having count(*) > 3 order by count(*) desc

-- name: same column in several tables
select column_name, array_agg(table_name::text order by table_name) from information_schema.columns
 where table_schema = 'retail' group by column_name having count(distinct data_type) > 1

-- name: defaults that count up
select table_name, column_name from information_schema.columns
 where column_default like 'nextval(%' or is_identity = 'YES'

-- name: column privileges and usage
select cp.column_name, cp.privilege_type, vu.view_name
  from information_schema.column_privileges cp
  left join information_schema.view_column_usage vu
    on (vu.table_name, vu.column_name) = (cp.table_name, cp.column_name)
 where cp.table_name = 'sale'

-- name: as one document
select json_object_agg(table_name, columns) from (
  select table_name, json_agg(json_build_object('name', column_name, 'type', data_type)
                              order by ordinal_position) as columns
    from information_schema.columns where table_schema = 'retail' group by table_name) t

-- name: case insensitive search
select table_schema || '.' || table_name from information_schema.tables
 where table_name ilike '%sale%' or table_name similar to '%(order|cart)%'

-- name: element types and attributes
select object_name, data_type from information_schema.element_types
union all select udt_name, data_type from information_schema.attributes
