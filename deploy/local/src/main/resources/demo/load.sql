-- Everything below follows from row numbers by a seeded hash: each load gives the same rows.

create function pg_temp.pick(id bigint, salt bigint, choices integer) returns integer
  language sql immutable
  return ((hashint8extended(id, salt) & 2147483647) % choices)::integer;

-- The smaller of two picks: low numbers come up more often, as popular things do.
create function pg_temp.pick_popular(id bigint, salt bigint, choices integer) returns integer
  language sql immutable
  return least(
    (hashint8extended(id, salt) & 2147483647) % choices,
    (hashint8extended(id, salt + 1000) & 2147483647) % choices)::integer;

insert into retail.stores (id, name, city, region, opened_on, square_meters)
values
  ( 1, 'Fifth Avenue',    'New York',      'East',  '2009-04-18', 2400),
  ( 2, 'River North',     'Chicago',       'North', '2010-09-02', 1900),
  ( 3, 'Pike Street',     'Seattle',       'West',  '2011-03-26', 1700),
  ( 4, 'Peachtree',       'Atlanta',       'South', '2011-10-14', 1500),
  ( 5, 'Back Bay',        'Boston',        'East',  '2012-05-05', 1400),
  ( 6, 'Warehouse Row',   'Minneapolis',   'North', '2012-08-25', 1200),
  ( 7, 'Pearl District',  'Portland',      'West',  '2013-03-16', 1100),
  ( 8, 'Deep Ellum',      'Dallas',        'South', '2013-11-02', 1600),
  ( 9, 'Rittenhouse',     'Philadelphia',  'East',  '2014-04-12', 1300),
  (10, 'Corktown',        'Detroit',       'North', '2014-09-20', 900),
  (11, 'Market Street',   'San Francisco', 'West',  '2015-03-07', 2000),
  (12, 'Montrose',        'Houston',       'South', '2015-10-17', 1500),
  (13, 'Georgetown',      'Washington',    'East',  '2016-05-21', 1200),
  (14, 'Third Ward',      'Milwaukee',     'North', '2016-09-10', 800),
  (15, 'Melrose',         'Los Angeles',   'West',  '2017-03-25', 2200),
  (16, 'Wynwood',         'Miami',         'South', '2017-11-11', 1400),
  (17, 'Fells Point',     'Baltimore',     'East',  '2018-04-28', 800),
  (18, 'Ohio City',       'Cleveland',     'North', '2018-10-06', 800),
  (19, 'Gaslamp Quarter', 'San Diego',     'West',  '2019-05-18', 1200),
  (20, 'The Gulch',       'Nashville',     'South', '2019-09-28', 1100),
  (21, 'Strip District',  'Pittsburgh',    'East',  '2021-06-12', 700),
  (22, 'State Street',    'Madison',       'North', '2022-04-09', 600),
  (23, 'Midtown',         'Sacramento',    'West',  '2023-03-18', 800),
  (24, 'South End',       'Charlotte',     'South', '2024-05-04', 700);

-- Orders per day: growth over the two years, busier weekends, a high season before Christmas.
create temporary table trading_day on commit drop as
with weighted as (
  select day::date as day,
         (3000 + (day::date - date '2024-11-01'))
         * (array[12, 9, 8, 9, 10, 13, 16])[extract(dow from day)::integer + 1]
         * (array[8, 7, 9, 10, 10, 11, 10, 9, 10, 11, 15, 19])[extract(month from day)::integer]
           as weight
    from generate_series(timestamp '2024-11-01', timestamp '2026-10-31', interval '1 day') as day
), running as (
  select day, sum(weight) over (order by day) as upto, weight, sum(weight) over () as total
    from weighted
)
select day,
       div((upto - weight) * 240000, total)::integer as orders_before,
       div(upto * 240000, total)::integer as orders_upto
  from running;

-- Larger stores sell more: each appears once for every hundred square metres.
create temporary table order_draft on commit drop as
with shelf as (
  select array_agg(id order by id) as store_ids, count(*)::integer as size
    from retail.stores, generate_series(1, square_meters / 100)
), placed as (
  select o.id,
         store_ids[pg_temp.pick(o.id, 1, size) + 1] as store_id,
         day,
         (day + time '08:00') at time zone 'UTC'
           + (o.id - orders_before) * interval '13 hours' / (orders_upto - orders_before + 1)
           as ordered_at
    from trading_day, shelf, generate_series(orders_before + 1, orders_upto) as o(id)
)
select id::bigint as id,
       store_id,
       pg_temp.pick_popular(id, 2, 2500) * 24 + store_id as customer_id,
       case
         when pg_temp.pick(id, 3, 100) < 4 then 'cancelled'
         when day > date '2026-10-28' then 'placed'
         when day > date '2026-10-22' then 'shipped'
         when pg_temp.pick(id, 3, 100) < 10 then 'returned'
         else 'delivered'
       end as status,
       (array['in_store', 'in_store', 'in_store', 'in_store', 'in_store', 'in_store',
              'online', 'online', 'online', 'pickup'])[pg_temp.pick(id, 4, 10) + 1] as channel,
       date_trunc('second', ordered_at) as ordered_at,
       (array[1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6])
         [pg_temp.pick(id, 5, 20) + 1] as item_count
  from placed;

insert into retail.customers (
  id, store_id, first_name, last_name, email, phone, city, birth_year, loyalty_tier,
  marketing_consent, joined_on)
with vocabulary as (
  select array['Ada', 'Aaron', 'Alice', 'Amir', 'Anna', 'Ben', 'Bianca', 'Carlos', 'Chloe', 'Daniel',
               'Diana', 'Elena', 'Eli', 'Emma', 'Ethan', 'Fatima', 'Felix', 'Grace', 'Hana', 'Hugo',
               'Ines', 'Isaac', 'Ivy', 'Jack', 'Jana', 'Jonas', 'Julia', 'Kai', 'Lara', 'Leo',
               'Lucia', 'Malik', 'Maria', 'Mateo', 'Maya', 'Mia', 'Nadia', 'Noah', 'Nora', 'Oliver',
               'Omar', 'Paula', 'Priya', 'Rafael', 'Rosa', 'Samuel', 'Sofia', 'Theo', 'Vera', 'Yuki']
           as first_names,
         array['Adams', 'Alvarez', 'Bauer', 'Bennett', 'Brooks', 'Campbell', 'Chen', 'Clark', 'Costa',
               'Davis', 'Diaz', 'Edwards', 'Evans', 'Fischer', 'Flores', 'Foster', 'Garcia', 'Gupta',
               'Hansen', 'Hayes', 'Hill', 'Hughes', 'Ito', 'Jackson', 'Johnson', 'Kaya', 'Keller',
               'Khan', 'Kim', 'Larsen', 'Lee', 'Lopez', 'Martin', 'Meyer', 'Miller', 'Moore',
               'Morales', 'Murphy', 'Nguyen', 'Novak', 'Olsen', 'Ortiz', 'Park', 'Patel', 'Perez',
               'Powell', 'Reed', 'Rossi', 'Russo', 'Santos', 'Schmidt', 'Silva', 'Singh', 'Smith',
               'Taylor', 'Torres', 'Walker', 'Weber', 'Wilson', 'Young']
           as last_names
), first_order as (
  select customer_id, (min(ordered_at) at time zone 'UTC')::date as day
    from order_draft
   group by customer_id
), person as (
  select c.id,
         s.id as store_id,
         first_names[pg_temp.pick(c.id, 11, 50) + 1] as first_name,
         last_names[pg_temp.pick(c.id, 12, 60) + 1] as last_name,
         s.city,
         (c.id - 1) / 24 as popularity
    from generate_series(1, 60000) as c(id)
    join retail.stores s on s.id = (c.id - 1) % 24 + 1
   cross join vocabulary
)
select p.id,
       p.store_id,
       p.first_name,
       p.last_name,
       lower(p.first_name || '.' || p.last_name) || p.id || '@example.com',
       '+1 555 ' || lpad(pg_temp.pick(p.id, 13, 10000000)::text, 7, '0'),
       p.city,
       1942 + pg_temp.pick(p.id, 14, 33) + pg_temp.pick(p.id, 15, 33),
       case
         when p.popularity < 125 then 'platinum'
         when p.popularity < 500 then 'gold'
         when p.popularity < 1250 then 'silver'
         else 'bronze'
       end,
       pg_temp.pick(p.id, 16, 100) < 62,
       case
         when pg_temp.pick(p.id, 17, 100) < 35 and f.day is not null then f.day
         else date '2018-01-01' + pg_temp.pick(p.id, 18, 2490)
       end
  from person p
  left join first_order f on f.customer_id = p.id
 order by p.id;

-- 163 shares no factor with the 400 products, so that the popular ones spread over the categories.
insert into retail.order_items (
  order_id, line_no, store_id, product_id, quantity, unit_price, discount_percent)
select line.order_id,
       line.line_no,
       line.store_id,
       product.id,
       (array[1, 1, 1, 1, 1, 1, 1, 2, 2, 3])[pg_temp.pick(line.number, 22, 10) + 1],
       product.price,
       (array[0, 0, 0, 0, 0, 0, 0, 5, 10, 20])[pg_temp.pick(line.number, 23, 10) + 1]
  from (
    select o.id as order_id, n.line_no, o.store_id, o.id * 8 + n.line_no as number
      from order_draft o
     cross join lateral generate_series(1, o.item_count) as n(line_no)
  ) as line
  join retail.products product
    on product.id = pg_temp.pick_popular(line.number, 21, 400) * 163 % 400 + 1
 order by line.order_id, line.line_no;

insert into retail.orders (
  id, store_id, customer_id, status, channel, ordered_at, item_count, total_amount)
select draft.id,
       draft.store_id,
       draft.customer_id,
       draft.status,
       draft.channel,
       draft.ordered_at,
       draft.item_count,
       items.total
  from order_draft draft
  join (
    select order_id, sum(line_total) as total
      from retail.order_items
     group by order_id
  ) as items on items.order_id = draft.id
 order by draft.id;
