-- Types by their ids, and those that they are a part of: as elements, columns, bounds or bases. Each
-- with the one of the ids that it is reached from, and the relation whose rows it is of, if it is.
with recursive part (origin, oid) as (
  select o::oid, o::oid from unnest($1::bigint[]) o
  union
  select p.origin, w.oid
    from part p
    join lateral (
      select t.oid from pg_catalog.pg_type t
       where t.typelem = p.oid or (t.typtype = 'd' and t.typbasetype = p.oid)
      union all
      select c.reltype from pg_catalog.pg_attribute a
        join pg_catalog.pg_class c on c.oid = a.attrelid
       where a.atttypid = p.oid and a.attnum > 0 and not a.attisdropped and c.reltype <> 0
      union all
      select unnest(array[r.rngtypid, r.rngmultitypid]) from pg_catalog.pg_range r
       where r.rngsubtype = p.oid
      union all
      select r.rngmultitypid from pg_catalog.pg_range r where r.rngtypid = p.oid
    ) w on true)
select p.origin::bigint, p.oid::bigint, n.nspname::text, t.typname::text,
       case when c.relkind in ('r', 'p', 'v', 'm', 'f') then 'r' || c.oid end
  from part p
  join pg_catalog.pg_type t on t.oid = p.oid
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  left join pg_catalog.pg_class c on c.oid = t.typrelid and t.typrelid <> 0
