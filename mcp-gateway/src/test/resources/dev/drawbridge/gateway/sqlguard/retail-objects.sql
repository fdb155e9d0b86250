-- The rest of the retailer: web traffic, awkward names, objects to describe, and who may read.

set search_path = retail, public;
set timezone = 'UTC';

create table web_event (
  event_id bigint not null,
  visitor_id uuid not null,
  occurred_at timestamptz not null,
  kind text not null,
  path text not null,
  payload jsonb not null,
  address inet not null
) partition by range (occurred_at);
create table web_event_early partition of web_event for values from (minvalue) to ('2024-03-01');
create table web_event_late partition of web_event default;
create index web_event_at on web_event (occurred_at);
insert into web_event
select e, md5((e % 12)::text)::uuid, timestamptz '2024-02-20 10:00Z' + e * interval '97 minutes',
       (array['view', 'view', 'cart', 'checkout', 'pay'])[1 + e % 5],
       '/shop/' || e % 4 || '?utm_source=' || (array['mail', 'ad', 'none'])[1 + e % 3],
       jsonb_build_object('ms', e % 400, 'ab', jsonb_build_object('group', chr(65 + e % 2))),
       inet '10.1.0.0' + e
  from generate_series(1, 300) e;

create table budget (store_id integer, month date, amount money, primary key (store_id, month));
insert into budget
select s, (date '2024-01-01' + m * interval '1 month')::date, (1000 + 10 * s + m)::text::money
  from generate_series(1, 8) s, generate_series(0, 11) m;

-- A star schema as its benchmark names it.
create table lineorder (
  lo_orderkey integer,
  lo_linenumber integer,
  lo_custkey integer,
  lo_partkey integer,
  lo_orderdate date,
  lo_quantity integer,
  lo_extendedprice numeric,
  lo_discount integer,
  lo_revenue numeric,
  lo_supplycost numeric
);
insert into lineorder
select n / 4, n % 4, n % 30 + 1, n % 24 + 1, date '2024-01-01' + n, n % 50, n * 10.5, n % 11,
       n * 9.5, n * 6
  from generate_series(1, 200) n;

create table "Order Details" (
  "Order ID" integer primary key,
  "Unit Price" numeric,
  "select" text,
  "from" date,
  "Größe" text,
  "a""b" integer,
  "x;y" integer,
  "--note" text,
  "user" text
);
insert into "Order Details"
values (1, 9.5, 'first', '2024-01-01', 'XL', 7, 8, 'none', 'ada'),
       (2, 12, 'second', '2024-02-01', 'S', 9, 1, null, 'zoë');

create table größentabelle (größe text, 価格 numeric, наименование text, température real);
insert into größentabelle values ('groß', 12.5, 'сапог', 21.5), ('klein', 8, 'нож', 19);

create table reading (
  name text, type text, value numeric, key text, year integer, month integer, day integer,
  date date, time time, timestamp timestamptz, zone text, position_id integer, percent numeric,
  index integer, language text, role text, owner text, temporary boolean, first integer,
  last integer, count integer, begin integer, end_at integer, commit text, call text, copy text,
  lock text, set_config_by text, notify text, reset integer, execute text, prepare text
);
insert into reading (name, type, value, key, year, month, day, date, first, last, count, begin)
select 'sensor ' || n % 3, 'heat', n * 1.5, 'k' || n, 2024, 1 + n % 12, n, date '2024-01-01' + n,
       n, n + 1, n, n
  from generate_series(1, 20) n;

-- Names that only a grammar can tell from the functions and views of the same name.
create table counter_log (
  nextval bigint, setval bigint, pg_notify text, lo_open text, uescape text, ts_stat text
);
insert into counter_log values (1, 2, 'sent', 'yes', 'none', 'ok');

-- The extension has to be loaded when the server starts; this has its names.
create view pg_stat_statements as
select 10::oid as userid, 5::oid as dbid, 77::bigint as queryid, 'select $1'::text as query,
       12::bigint as calls, 34.5::float8 as total_exec_time, 2.9::float8 as mean_exec_time,
       0.4::float8 as stddev_exec_time, 12::bigint as rows, 100::bigint as shared_blks_hit,
       3::bigint as shared_blks_read, 0::bigint as temp_blks_written, 0::numeric as wal_bytes;

create view daily_revenue as
select s.store_id, (s.sold_at at time zone 'UTC')::date as day,
       sum(l.quantity * l.unit_price * (1 - l.discount / 100)) as revenue
  from sale s join sale_line l using (sale_id)
 where s.status = 'paid'
 group by 1, 2;
create materialized view category_month as
select c.name as category, date_trunc('month', s.sold_at) as month, sum(l.quantity) as pieces
  from sale s join sale_line l using (sale_id) join product p using (product_id)
  join category c using (category_id)
 group by 1, 2;
create unique index on category_month (category, month);

create function net(price numeric, discount numeric default 0) returns numeric
  immutable parallel safe language sql return price * (1 - discount / 100);
create function top_products(how_many integer) returns table (product_id integer, pieces bigint)
  stable language sql as
  $$ select product_id, sum(quantity) from sale_line group by 1 order by 2 desc limit how_many $$;
create aggregate product_of (numeric) (sfunc = numeric_mul, stype = numeric, initcond = 1);
create function keep_counted_at() returns trigger language plpgsql as $$
begin
  new.counted_at := coalesce(new.counted_at, localtimestamp);
  return new;
end $$;
create trigger inventory_counted before update on inventory
  for each row execute function keep_counted_at();
create collation german_phonebook (provider = icu, locale = 'de-u-co-phonebk');
create collation caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);

create role analyst login password 'analyst' nosuperuser nocreatedb nocreaterole nobypassrls;
alter role analyst set search_path = retail, public;
alter role analyst set timezone = 'UTC';
alter role analyst set retail.report_currency = 'EUR';
grant usage on schema retail to analyst;
grant select on all tables in schema retail to analyst;
analyze;
