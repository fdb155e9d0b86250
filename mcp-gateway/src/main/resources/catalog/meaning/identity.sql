-- The same text over whatever address and name a database is reached, its replicas included.
select concat(c.system_identifier, '/', d.oid)
  from pg_catalog.pg_control_system() c
  join pg_catalog.pg_database d on d.datname = current_database()
