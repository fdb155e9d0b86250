-- Functions that came with PostgreSQL and are not IMMUTABLE, or have the name of one that is not.
select array(select distinct proname::text
               from pg_catalog.pg_proc
              where oid < 16384 and provolatile <> 'i' and prokind in ('f', 'a', 'w'))
