-- name: union
select city from customer union select name from region order by 1 nulls first

-- name: union all with a source column
SELECT 'customer' AS kind, name FROM customer
UNION ALL
SELECT 'employee', name FROM employee
UNION ALL
SELECT 'store', name FROM store
ORDER BY kind, name
LIMIT 20

-- name: intersect and except
(select customer_id from sale where channel = 'web'
 intersect
 select customer_id from sale where channel = 'store')
except all
select 3

-- name: precedence in parentheses
((select 1 union select 2) except select 2) intersect all (values (1), (3))

-- name: each part with its own order
(select sale_id, sold_at from sale order by sold_at limit 2)
union all
(select sale_id, sold_at from sale order by sold_at desc limit 2)

-- name: union of values and table
with v as (values (3, 'c')) values (1, 'a') union (select 2, 'b') union (table v) order by 1

-- name: plain values
VALUES (1, 'one'), (2, 'two'), (3, NULL)

-- name: values in order
values (3, 'c'), (1, 'a'), (2, 'b') order by 1 desc limit 2 offset 1

-- name: values as a table
select * from (values (1, 'a'::text), (2, 'b')) as v (id, letter) where id = any (values (2))

-- name: values in a with and an in
with v (n) as (values (1), (2)) select * from v where n in (values (1), (7))

-- name: plain table
table store

-- name: table with its schema, in order
TABLE retail.region ORDER BY region_id DESC LIMIT 3

-- name: table only
table only web_event_late limit 2

-- name: table in a subquery and a with
with t as (table category) select count(*) from t where exists (table store)

-- name: star inheritance
select count(*) from web_event * where tableoid::regclass::text like '%early'

-- name: only a parent
select count(*) from only web_event

-- name: distinct
select distinct channel, status from sale

-- name: distinct on the latest of each customer
select distinct on (customer_id) customer_id, sold_at, sale_id
  from sale where customer_id is not null order by customer_id, sold_at desc

-- name: distinct on expressions
SELECT DISTINCT ON (date_trunc('month', sold_at), channel) channel, sale_id
FROM sale ORDER BY date_trunc('month', sold_at), channel, sale_id

-- name: distinct all and count of distinct rows
select count(distinct (store_id, channel)), count(all store_id) from sale

-- name: row comparison
select sale_id from sale_line where (sale_id, line_no) > (100, 2) order by sale_id, line_no limit 5

-- name: row constructors
select row(1, 'a', null), (1, 2) = row(1, 2), row(1, 2.5) < (2, 0), (1, 2) in ((1, 2), (3, 4))

-- name: row of a table in a comparison
select count(*) from store a join store b on a.address = b.address and a.store_id <> b.store_id

-- name: keyset page
select product_id, list_price from product
 where (list_price, product_id) < (60.00, 12) order by list_price desc, product_id desc limit 10

-- name: sample of rows
select count(*) from sale tablesample bernoulli (30) repeatable (7)

-- name: sample of blocks
SELECT sale_id FROM sale AS s TABLESAMPLE SYSTEM (50.0) WHERE s.channel = 'web' LIMIT 10

-- name: sample by an extension
select product_id from product tablesample system_rows (5)

-- name: random order
select name from product order by random() limit 3

-- name: except of a whole table
select * from region except all table region

-- name: difference between two sets, both ways
(select 'left' as side, name from store except select 'left', name from region)
union all
(select 'right', name from region except select 'right', name from store)

-- name: a table function without a from list
select generate_series(1, 3), unnest(array['x', 'y'])

-- name: union of differing types
select 1 union all select 2.5 union all select null

-- name: corresponding columns written out
with a (k, v) as (values (1, 'x')), b (v, k) as (values ('y', 2))
select k, v from a union all select k, v from b
