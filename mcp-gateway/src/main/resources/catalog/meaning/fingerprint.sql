-- Another text whenever something is different that the other questions here ask for. Of relations
-- only what is asked for counts: a TRUNCATE, or a table of a session, is no change.
select md5(concat_ws(' ',
  current_user,
  current_schemas(true)::text,
  (select bit_xor(hashtextextended(concat_ws(' ', oid, xmin), 0))
     from pg_catalog.pg_proc where oid >= 16384),
  (select bit_xor(hashtextextended(concat_ws(' ', oid, relname, relnamespace, relowner, relkind,
             relnatts, relrowsecurity, relforcerowsecurity, reloptions), 0))
     from pg_catalog.pg_class
    where oid >= 16384 and relkind in ('r', 'p', 'v', 'm', 'f', 'c') and relpersistence <> 't'),
  (select bit_xor(hashtextextended(concat_ws(' ', oid, xmin), 0))
     from pg_catalog.pg_rewrite where oid >= 16384),
  (select bit_xor(hashtextextended(concat_ws(' ', oid, xmin), 0))
     from pg_catalog.pg_type where oid >= 16384 and typtype in ('d', 'r')),
  (select bit_xor(hashtextextended(concat_ws(' ', oid, xmin), 0))
     from pg_catalog.pg_constraint where contypid <> 0),
  (select bit_xor(hashtextextended(concat_ws(' ', oid, xmin), 0))
     from pg_catalog.pg_operator where oid >= 16384),
  (select bit_xor(hashtextextended(concat_ws(' ', oid, xmin), 0))
     from pg_catalog.pg_cast where oid >= 16384),
  (select bit_xor(hashtextextended(concat_ws(' ', oid, xmin), 0)) from pg_catalog.pg_policy),
  (select bit_xor(hashtextextended(concat_ws(' ', oid, xmin), 0)) from pg_catalog.pg_namespace),
  (select bit_xor(hashtextextended(concat_ws(' ', oid, xmin), 0)) from pg_catalog.pg_extension),
  (select bit_xor(hashtextextended(concat_ws(' ', inhrelid, inhparent, xmin), 0))
     from pg_catalog.pg_inherits),
  (select bit_xor(hashtextextended(concat_ws(' ', roleid, member, xmin), 0))
     from pg_catalog.pg_auth_members),
  (select bit_xor(hashtextextended(concat_ws(' ', oid, rolname, rolsuper, rolbypassrls), 0))
     from pg_catalog.pg_roles)))
