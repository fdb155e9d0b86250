-- name: tables, as \dt
SELECT n.nspname AS "Schema", c.relname AS "Name",
  CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
    WHEN 'p' THEN 'partitioned table' WHEN 'f' THEN 'foreign table' END AS "Type",
  pg_catalog.pg_get_userbyid(c.relowner) AS "Owner"
FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_toast'
  AND n.nspname <> 'information_schema' AND pg_catalog.pg_table_is_visible(c.oid)
ORDER BY 1, 2;

-- name: columns, as \d
select a.attnum, a.attname, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
       pg_get_expr(d.adbin, d.adrelid) as "default", a.attidentity, a.attgenerated,
       col_description(a.attrelid, a.attnum) as comment, co.collname
  from pg_attribute a
  left join pg_attrdef d on (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
  left join pg_collation co on co.oid = a.attcollation and co.collname <> 'default'
 where a.attrelid = 'retail.product'::regclass and a.attnum > 0 and not a.attisdropped
 order by a.attnum

-- name: indexes, as \di+
select i.indexrelid::regclass as index, i.indrelid::regclass as on_table, am.amname, i.indisunique,
       i.indisprimary, i.indisvalid, pg_get_indexdef(i.indexrelid) as definition,
       pg_get_expr(i.indpred, i.indrelid) as predicate,
       pg_size_pretty(pg_relation_size(i.indexrelid)) as size
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am am on am.oid = c.relam
 where c.relnamespace = 'retail'::regnamespace

-- name: columns of an index in order
select ix.indexrelid::regclass, array_agg(pg_get_indexdef(ix.indexrelid, k.i::int,
       true) order by k.i)
  from pg_index ix cross join lateral unnest(ix.indkey::int2[]) with ordinality as k (attnum, i)
 where ix.indrelid = 'sale'::regclass group by 1

-- name: foreign keys
SELECT conname, conrelid::regclass AS from_table, confrelid::regclass AS to_table,
       pg_get_constraintdef(oid, true) AS definition, confupdtype, confdeltype, convalidated
FROM pg_constraint WHERE contype = 'f' AND connamespace = 'retail'::regnamespace

-- name: columns of foreign keys side by side
select c.conname, a.attname as from_column, fa.attname as to_column
  from pg_constraint c
 cross join lateral unnest(c.conkey, c.confkey) with ordinality as k (f, t, i)
  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.f
  join pg_attribute fa on fa.attrelid = c.confrelid and fa.attnum = k.t
 where c.contype = 'f' order by c.conname, k.i

-- name: foreign keys without an index
select c.conrelid::regclass, c.conname from pg_constraint c
 where c.contype = 'f' and not exists (
   select from pg_index i where i.indrelid = c.conrelid
      and (i.indkey::int2[])[0:cardinality(c.conkey) - 1]::int4[] = c.conkey::int4[])

-- name: checks and uniques
select conrelid::regclass, conname, contype, pg_get_constraintdef(oid) from pg_constraint
 where contype in ('c', 'u', 'p', 'x') and conrelid <> 0

-- name: definition of a view
select pg_get_viewdef('retail.daily_revenue'::regclass, true)

-- name: views and materialized views
select schemaname, viewname, definition from pg_views where schemaname = 'retail'
union all
select schemaname, matviewname, definition from pg_matviews

-- name: what a view depends on
select distinct v.relname as view, t.relname as reads
  from pg_depend d join pg_rewrite r on r.oid = d.objid
  join pg_class v on v.oid = r.ev_class join pg_class t on t.oid = d.refobjid
 where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and v.oid <> t.oid

-- name: functions, as \df
select p.proname, pg_get_function_result(p.oid) as result, pg_get_function_arguments(p.oid) as args,
       case p.prokind when 'a' then 'aggregate' when 'w' then 'window' when 'p' then 'procedure'
                      else 'function' end as kind,
       l.lanname, p.provolatile, p.prosecdef, obj_description(p.oid, 'pg_proc')
  from pg_proc p join pg_language l on l.oid = p.prolang
 where p.pronamespace = 'retail'::regnamespace

-- name: source of a function
select pg_get_functiondef('retail.net(numeric, numeric)'::regprocedure), prosrc
  from pg_proc where proname = 'keep_counted_at'

-- name: triggers
select tgname, tgrelid::regclass, pg_get_triggerdef(oid), tgenabled from pg_trigger
 where not tgisinternal

-- name: comments
select c.relname, obj_description(c.oid, 'pg_class'), d.objsubid, d.description
  from pg_class c left join pg_description d on d.objoid = c.oid and d.classoid =
    'pg_class'::regclass
 where c.relnamespace = 'retail'::regnamespace and c.relkind = 'r'

-- name: schemas, as \dn+
select nspname, pg_get_userbyid(nspowner), nspacl, obj_description(oid, 'pg_namespace')
  from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1

-- name: types and enums, as \dT+
select t.typname, t.typtype, format_type(t.oid, null),
       array(select enumlabel from pg_enum e where e.enumtypid = t.oid order by enumsortorder)
  from pg_type t where t.typnamespace = 'retail'::regnamespace and t.typtype in ('e', 'd', 'c')

-- name: values of an enum
select enum_range(null::channel), enum_first(null::channel), unnest(enum_range(null::channel))

-- name: domains
select t.typname, format_type(t.typbasetype, t.typtypmod), pg_get_constraintdef(c.oid)
  from pg_type t left join pg_constraint c on c.contypid = t.oid where t.typtype = 'd'

-- name: partitions
select inhparent::regclass as parent, inhrelid::regclass as partition,
       pg_get_expr(c.relpartbound, c.oid) as bounds, pg_get_partkeydef(inhparent) as key
  from pg_inherits join pg_class c on c.oid = inhrelid where c.relispartition

-- name: partition tree
select relid, parentrelid, isleaf, level from pg_partition_tree('retail.web_event')

-- name: sequences, as \ds
select schemaname, sequencename, data_type, start_value, increment_by, max_value, last_value,
       cache_size
  from pg_sequences

-- name: sequence behind an identity
select pg_get_serial_sequence('retail.sale', 'sale_id'), s.seqincrement from pg_sequence s

-- name: roles, as \du
select r.rolname, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin,
       r.rolconnlimit, r.rolvaliduntil,
       array(select b.rolname from pg_auth_members m join pg_roles b on m.roleid = b.oid
              where m.member = r.oid) as member_of
  from pg_roles r where r.rolname !~ '^pg_' order by 1

-- name: privileges, as \dp
select c.relname, c.relkind, array_to_string(c.relacl, E'\n') as access from pg_class c
 where c.relnamespace = 'retail'::regnamespace and c.relkind in ('r', 'v', 'm', 'p')

-- name: exploded privileges
select c.oid::regclass, g.grantee::regrole, g.privilege_type, g.is_grantable
  from pg_class c cross join lateral aclexplode(c.relacl) g
 where c.relnamespace = 'retail'::regnamespace and g.grantee <> 0

-- name: what I may do
select c.relname, has_table_privilege(c.oid, 'select') as can_read,
       has_table_privilege(current_user, c.oid, 'insert, update') as can_write,
       has_any_column_privilege(c.oid, 'select'), has_schema_privilege('retail', 'create')
  from pg_class c where c.relnamespace = 'retail'::regnamespace and c.relkind = 'r'

-- name: memberships and databases
select has_database_privilege(current_database(), 'temp'), pg_has_role('pg_monitor', 'member'),
       has_function_privilege('retail.net(numeric, numeric)', 'execute'),
       has_column_privilege('retail.sale', 'coupon', 'select'), row_security_active('customer')

-- name: policies
select schemaname, tablename, policyname, permissive, roles, cmd, qual, with_check from pg_policies

-- name: tables with row security
select oid::regclass, relrowsecurity, relforcerowsecurity from pg_class where relrowsecurity

-- name: databases, as \l+
select d.datname, pg_get_userbyid(d.datdba), pg_encoding_to_char(d.encoding), d.datcollate,
       case when has_database_privilege(d.datname, 'connect')
            then pg_size_pretty(pg_database_size(d.datname)) end as size, t.spcname
  from pg_database d join pg_tablespace t on d.dattablespace = t.oid where not d.datistemplate

-- name: tablespaces
select spcname, pg_get_userbyid(spcowner), spcoptions from pg_tablespace

-- name: operators and their classes
select o.oprname, o.oprleft::regtype, o.oprright::regtype, o.oprcode from pg_operator o
 where o.oprname in ('<->', '@>', '?|') order by 1, 2, 3

-- name: access methods and operator classes
select am.amname, opc.opcname, opc.opcintype::regtype, opc.opcdefault
  from pg_opclass opc join pg_am am on am.oid = opc.opcmethod where opc.opcintype = 'text'::regtype

-- name: casts
select castsource::regtype, casttarget::regtype, castcontext from pg_cast
 where castsource = 'jsonb'::regtype

-- name: collations
select collname, collprovider, collisdeterministic from pg_collation where collname ~ '^(C|german)'

-- name: statistics of values
select attname, null_frac, n_distinct, most_common_vals::text, correlation, histogram_bounds::text
  from pg_stats where schemaname = 'retail' and tablename = 'sale'

-- name: extended statistics
select stxname, pg_get_statisticsobjdef(oid), stxkind from pg_statistic_ext

-- name: names to identifiers and back
select to_regclass('retail.nothing'), to_regtype('jsonb'), 'sale'::regclass::oid > 0,
       pg_describe_object('pg_class'::regclass, 'sale'::regclass, 0),
       (pg_identify_object('pg_class'::regclass, 'sale'::regclass, 0)).identity

-- name: search for a column by name
select c.oid::regclass as tab, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
 where a.attname ~* 'price|amount' and c.relkind in ('r', 'p') and a.attnum > 0
   and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)

-- name: rules and event triggers
select rulename, tablename, definition from pg_rules where schemaname = 'pg_catalog'
union all select evtname, evtevent, evtfoid::regproc::text from pg_event_trigger

-- name: foreign servers, publications
select srvname, fdwname from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw
union all select pubname, 'publication' from pg_publication

-- name: default privileges
select pg_get_userbyid(defaclrole), defaclobjtype, defaclacl from pg_default_acl
