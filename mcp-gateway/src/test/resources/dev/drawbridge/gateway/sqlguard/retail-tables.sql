-- What the statements of analytics/ read: a small retailer, and a login that may only read it.

create extension pg_trgm;
create extension fuzzystrmatch;
create extension unaccent;
create extension hstore;
create extension citext;
create extension ltree;
create extension intarray;
create extension btree_gist;
create extension tsm_system_rows;

-- PostGIS, pgvector and TimescaleDB are not at hand: the same names, as plain SQL.
create domain geometry as point;
create domain geography as point;
create domain vector as text check (value ~ '^\[.*\]$');

create function st_makepoint(float8, float8) returns geometry
  immutable language sql return point($1, $2)::geometry;
create function st_setsrid(geometry, integer) returns geometry immutable language sql return $1;
create function st_transform(geometry, integer) returns geometry immutable language sql return $1;
create function st_x(geometry) returns float8 immutable language sql return ($1::point)[0];
create function st_y(geometry) returns float8 immutable language sql return ($1::point)[1];
create function st_distance(geometry, geometry) returns float8
  immutable language sql return $1::point <-> $2::point;
create function st_dwithin(geometry, geometry, float8) returns boolean
  immutable language sql return ($1::point <-> $2::point) <= $3;
create function st_makeenvelope(float8, float8, float8, float8, integer) returns polygon
  immutable language sql return polygon(box(point($1, $2), point($3, $4)));
create function st_contains(polygon, geometry) returns boolean
  immutable language sql return $1 @> $2::point;
create function st_area(polygon) returns float8
  immutable language sql return area(box($1));
create function st_astext(geometry) returns text
  immutable language sql return format('POINT(%s %s)', ($1::point)[0], ($1::point)[1]);
create function st_asgeojson(geometry) returns text
  immutable language sql return json_build_object(
    'type', 'Point', 'coordinates', json_build_array(($1::point)[0], ($1::point)[1]))::text;

create function elements(vector) returns float8[]
  immutable language sql return translate($1, '[]', '{}')::float8[];
create function l2_distance(a vector, b vector) returns float8 immutable language sql
  return (select sqrt(sum((x - y) ^ 2)) from unnest(elements(a), elements(b)) as e (x, y));
create function inner_product(a vector, b vector) returns float8 immutable language sql
  return (select sum(x * y) from unnest(elements(a), elements(b)) as e (x, y));
create function cosine_distance(a vector, b vector) returns float8 immutable language sql
  return 1 - inner_product(a, b) / sqrt(inner_product(a, a) * inner_product(b, b));
create function negative_inner_product(a vector, b vector) returns float8
  immutable language sql return -inner_product(a, b);
create function vector_dims(a vector) returns integer
  immutable language sql return cardinality(elements(a));
create operator <-> (leftarg = vector, rightarg = vector, function = l2_distance);
create operator <=> (leftarg = vector, rightarg = vector, function = cosine_distance);
create operator <#> (leftarg = vector, rightarg = vector, function = negative_inner_product);

create function time_bucket(width interval, at timestamptz) returns timestamptz
  immutable language sql return date_bin(width, at, timestamptz '2000-01-03 00:00:00+00');

create schema retail;
set search_path = retail, public;
set timezone = 'UTC';

create type channel as enum ('store', 'web', 'phone');
create type address as (street text, town text, postcode text);
create domain percentage as numeric check (value between 0 and 100);

create table region (
  region_id integer primary key,
  parent_id integer references region,
  name text not null
);
insert into region values
  (1, null, 'World'), (2, 1, 'Europe'), (3, 1, 'America'), (4, 2, 'Germany'), (5, 2, 'France'),
  (6, 3, 'Canada'), (7, 4, 'Bavaria');

create table store (
  store_id integer primary key,
  region_id integer not null references region,
  name text not null,
  opened_on date not null,
  closed_on date,
  floor_area numeric(8, 1) not null check (floor_area > 0),
  location geometry not null,
  hours int4multirange not null,
  address address
);
comment on table store is 'A shop with an address.';
comment on column store.floor_area is 'In square metres.';
insert into store
select s, 2 + s % 6, 'Store ' || chr(64 + s), date '2019-01-01' + s * 40,
       case when s = 6 then date '2024-06-30' end, 100 + s * 35.5,
       point(s * 1.5, 48 + s * 0.25), int4multirange(int4range(9, 13), int4range(14, 18 + s % 3)),
       row(s || ' High Street', 'Town ' || s, lpad((s * 7919)::text, 5, '0'))::address
  from generate_series(1, 8) s;

create table category (
  category_id integer primary key,
  parent_id integer references category,
  name text not null,
  path ltree not null
);
insert into category values
  (1, null, 'All', 'all'), (2, 1, 'Outdoor', 'all.outdoor'), (3, 1, 'Kitchen', 'all.kitchen'),
  (4, 2, 'Tents', 'all.outdoor.tents'), (5, 2, 'Boots', 'all.outdoor.boots'),
  (6, 3, 'Knives', 'all.kitchen.knives'), (7, 3, 'Pans', 'all.kitchen.pans');

create table product (
  product_id integer primary key,
  category_id integer not null references category,
  sku text not null unique,
  name text not null,
  description text not null,
  list_price numeric(10, 2) not null check (list_price >= 0),
  cost numeric(10, 2) not null,
  launched_on date not null,
  tags text[] not null,
  sizes integer[] not null,
  attributes jsonb not null,
  specification xml,
  embedding vector not null,
  search tsvector generated always as
    (setweight(to_tsvector('english', name), 'A') || to_tsvector('english', description)) stored
);
insert into product
select p, 4 + p % 4, format('SKU-%s-%s', chr(65 + p % 5), lpad(p::text, 4, '0')),
       (array['Hiking boot', 'Chef''s knife', 'Frying pan', 'Dome tent'])[1 + p % 4] || ' ' || p,
       'A light and durable item, number ' || p || ', tested on mountains and in kitchens.',
       round(9.99 + p * 4.35, 2), round(4.1 + p * 2.2, 2), date '2022-01-15' + p * 17,
       array['tag' || p % 3, case when p % 2 = 0 then 'sale' else 'new' end],
       array[36 + p % 5, 40, 44],
       jsonb_build_object('colour', (array['red', 'green', 'blue'])[1 + p % 3],
                          'weight', p * 125, 'eco', p % 2 = 0,
                          'sizes', jsonb_build_array(36 + p % 5, 40, 44),
                          'parts', jsonb_build_array(
                            jsonb_build_object('name', 'body', 'grams', p * 100),
                            jsonb_build_object('name', 'lid', 'grams', p * 25))),
       format('<spec id="%s"><material>steel</material><size unit="cm">%s</size></spec>',
              p, 10 + p)::xml,
       format('[%s,%s,%s]', p % 7, p % 5 + 1, p % 3)
  from generate_series(1, 24) p;
create index product_search on product using gin (search);
create index product_name_trgm on product using gin (name gin_trgm_ops);
create index product_cheap on product (list_price desc nulls last) include (name)
  where list_price < 50;

create table customer (
  customer_id integer primary key,
  email citext not null,
  name text not null,
  city text,
  country char(2) not null,
  joined_at timestamptz not null,
  birth_date date,
  referred_by integer references customer,
  preferences jsonb not null default '{}',
  contact hstore,
  unique nulls not distinct (email)
);
insert into customer
select c, 'Person' || c || '@Example.test',
       (array['Zoë', 'Ada', 'Łukasz', 'Grace', 'José'])[1 + c % 5] || ' ' || c,
       case when c % 6 <> 0 then (array['Köln', 'Lyon', 'Toronto'])[1 + c % 3] end,
       (array['DE', 'FR', 'CA'])[1 + c % 3], timestamptz '2023-01-01 08:00Z' + c * interval
         '9 days',
       date '1960-02-29' + c * 311, case when c > 5 then 1 + c % 5 end,
       jsonb_build_object('newsletter', c % 2 = 0, 'topics', jsonb_build_array('boots', 'pans')),
       hstore(array['phone', '+49 30 ' || c, 'fax', null])
  from generate_series(1, 30) c;
alter table customer enable row level security;
create policy everybody on customer for select using (true);

create table employee (
  employee_id integer primary key,
  store_id integer not null references store,
  manager_id integer references employee,
  name text not null,
  job text not null,
  salary numeric(10, 2) not null,
  hired_on date not null
);
insert into employee
select e, 1 + e % 8, nullif(e / 3, 0), 'Employee ' || e,
       (array['clerk', 'manager', 'cashier'])[1 + e % 3], 2400 + e * 83.5,
         date '2020-03-01' + e * 51
  from generate_series(1, 20) e;

create table sale (
  sale_id bigint generated always as identity primary key,
  store_id integer not null references store,
  customer_id integer references customer,
  employee_id integer references employee,
  sold_at timestamptz not null,
  channel channel not null,
  status text not null default 'paid' check (status in ('paid', 'open', 'cancelled')),
  coupon text
);
insert into sale (store_id, customer_id, employee_id, sold_at, channel, status, coupon)
select 1 + n % 8, case when n % 9 <> 0 then 1 + n * 7 % 30 end, 1 + n % 20,
       timestamptz '2024-01-02 09:15Z' + n * interval '29 hours 7 minutes',
       (enum_range(null::channel))[1 + n % 3], (array['paid', 'paid', 'open',
         'cancelled'])[1 + n % 4],
       case when n % 5 = 0 then 'SPRING' || n % 2 end
  from generate_series(1, 240) n;
create index sale_sold_at on sale (sold_at);
create index sale_month on sale (date_trunc('month', sold_at at time zone 'UTC'));
create statistics sale_channel_status (dependencies) on channel, status from sale;

create table sale_line (
  sale_id bigint not null references sale,
  line_no smallint not null,
  product_id integer not null references product,
  quantity integer not null,
  unit_price numeric(10, 2) not null,
  discount percentage not null default 0,
  primary key (sale_id, line_no)
);
insert into sale_line
select s.sale_id, l, p.product_id, 1 + (s.sale_id + l) % 4, p.list_price, 5 * (s.sale_id % 3)
  from sale s, generate_series(1, 3) l, product p
 where p.product_id = 1 + (s.sale_id * 5 + l * 7) % 24 and l <= 1 + s.sale_id % 3;

create table price_period (
  product_id integer not null references product,
  valid daterange not null,
  price numeric(10, 2) not null,
  exclude using gist (product_id with =, valid with &&)
);
insert into price_period
select product_id, daterange(date '2024-01-01' + h * 180, date '2024-01-01' + h * 180 + 180),
       list_price * (1 + h * 0.1)
  from product, generate_series(0, 2) h;

create table shift (
  shift_id integer primary key,
  employee_id integer not null references employee,
  during tstzrange not null,
  breaks tstzmultirange not null
);
insert into shift
select n, 1 + n % 20, tstzrange(b, b + interval '8 hours'),
       tstzmultirange(tstzrange(b + interval '2 hours', b + interval '2 hours 15 minutes'),
                      tstzrange(b + interval '4 hours', b + interval '5 hours'))
  from (select n, timestamptz '2024-05-06 06:00Z' + n * interval '5 hours' as b
          from generate_series(1, 40) n) t;

create table inventory (
  store_id integer references store,
  product_id integer references product,
  on_hand integer not null,
  counted_at timestamp not null,
  primary key (store_id, product_id)
);
insert into inventory
select s, p, (s * p * 13) % 40, timestamp '2024-07-01 22:30' + p * interval '1 minute'
  from generate_series(1, 8) s, generate_series(1, 24) p;
