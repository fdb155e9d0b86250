-- $1 whether those of restricted tables are looked at. Findings: the end of a sequence is that of its type or, where it fills a column, of the column's.
with number as (
    select format('%I.%I', n.nspname, c.relname) as name,
           case when s.seqincrement > 0
                then least(s.seqmax, case o.atttypid when 'int2'::regtype then 32767
                                                     when 'int4'::regtype then 2147483647
                                                     else s.seqmax end)
                else s.seqmin end as last,
           s.seqstart, s.seqincrement, o.held,
           case when has_sequence_privilege(c.oid, 'usage') or has_sequence_privilege(c.oid, 'select')
                then pg_sequence_last_value(c.oid::regclass) end as value,
           has_sequence_privilege(c.oid, 'usage') or has_sequence_privilege(c.oid, 'select') as readable
      from pg_catalog.pg_sequence s
      join pg_catalog.pg_class c on c.oid = s.seqrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      left join lateral (
        select d.refobjid as oid, a.atttypid, format('%s.%I', d.refobjid::regclass, a.attname) as held
          from pg_catalog.pg_depend d
          join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
         where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
           and d.refclassid = 'pg_catalog.pg_class'::regclass and d.deptype in ('a', 'i')
         limit 1) o on true
     where not s.seqcycle and c.relpersistence <> 't'
       and ($1::boolean or o.oid is null or not row_security_active(o.oid))),
  used as (
    select *, case when seqincrement > 0 then 100.0 * value / nullif(last, 0)
                   else 100.0 * (seqstart - value) / nullif(seqstart - last, 0) end as percent
      from number where value is not null)
select case when (select count(*) from number) > 0 and not exists (select from number where readable)
            then 'unknown' else 'ok' end,
       null::text,
       format('%s sequences looked at, %s not readable for this login, the fullest at %s %%',
              (select count(*) from used),
              (select count(*) from number where not readable),
              coalesce((select round(max(percent), 1) from used), 0)),
       case when exists (select from number where not readable)
            then 'Let the login read them: grant select on all sequences in schema … to ' || quote_ident(current_user) end
 union all
(select case when percent >= 90 then 'critical' else 'warning' end, name,
        format('%s %% used, at %s of %s%s', round(percent, 1), value, last,
               coalesce(', fills ' || held, '')),
        case when held is null then 'Raise its maxvalue or have it cycle, before nextval fails.'
             else 'Make the column (and the keys that refer to it) bigint, the sequence too, before inserts fail.' end
   from used where percent >= 75
  order by percent desc, name limit 10)
