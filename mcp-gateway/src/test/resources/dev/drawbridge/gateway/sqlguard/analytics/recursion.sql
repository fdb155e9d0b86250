-- name: count to ten
with recursive n (i) as (values (1) union all select i + 1 from n where i < 10) select i from n

-- name: category tree with paths
WITH RECURSIVE tree AS (
  SELECT category_id, parent_id, name, 1 AS depth, name AS path
  FROM category WHERE parent_id IS NULL
  UNION ALL
  SELECT c.category_id, c.parent_id, c.name, t.depth + 1, t.path || ' > ' || c.name
  FROM category c JOIN tree t ON c.parent_id = t.category_id)
SELECT repeat('  ', depth - 1) || name AS indented, path FROM tree ORDER BY path;

-- name: ancestors of a region
with recursive up as (
  select region_id, parent_id, name from region where name = 'Bavaria'
  union
  select r.region_id, r.parent_id, r.name from region r join up on up.parent_id = r.region_id)
select name from up

-- name: depth first
with recursive t as (
  select category_id, parent_id, name from category where parent_id is null
  union all
  select c.category_id, c.parent_id, c.name from category c join t on c.parent_id = t.category_id
) search depth first by name set ordering
select name from t order by ordering

-- name: breadth first
with recursive t as (
  select region_id, name from region where region_id = 1
  union all
  select r.region_id, r.name from region r join t on r.parent_id = t.region_id
) search breadth first by region_id set seq
select * from t order by seq

-- name: cycle
with recursive t as (
  select employee_id, manager_id from employee where employee_id = 20
  union all
  select e.employee_id, e.manager_id from employee e join t on e.employee_id = t.manager_id
) cycle employee_id set is_cycle using path
select * from t where not is_cycle

-- name: cycle with its own mark
with recursive t (a, b) as (
  select customer_id, referred_by from customer where customer_id = 30
  union all
  select c.customer_id, c.referred_by from customer c join t on c.customer_id = t.b
) search depth first by a set o cycle a set looped to 'Y' default 'N' using trail
select a, looped, trail from t order by o

-- name: fibonacci
with recursive fib (n, a, b) as (
  select 1, 0::numeric, 1::numeric union all select n + 1, b, a + b from fib where n < 60)
select n, a from fib

-- name: whole months between two dates
with recursive m as (
  select date '2024-01-01' as month
  union all
  select (month + interval '1 month')::date from m where month < date '2024-12-01')
select m.month, count(s.*) from m
  left join sale s on date_trunc('month', s.sold_at)::date = m.month group by 1 order by 1

-- name: loose index scan
with recursive v as (
  (select store_id from sale order by store_id limit 1)
  union all
  select (select s.store_id from sale s where s.store_id > v.store_id order by s.store_id limit 1)
    from v where v.store_id is not null)
select store_id from v where store_id is not null

-- name: totals of subtrees
with recursive down as (
  select category_id as root, category_id from category
  union all
  select d.root, c.category_id from down d join category c on c.parent_id = d.category_id)
select c.name, count(p.product_id) from down d join category c on c.category_id = d.root
  left join product p on p.category_id = d.category_id group by c.name order by 2 desc

-- name: mutually independent expressions in one with
with recursive a as (select 1 as x), b as (select x + 1 as y from a),
     c (z) as (select y from b union all select z * 2 from c where z < 100)
select * from c

-- name: materialized and not materialized
with paid as materialized (select * from sale where status = 'paid'),
     web as not materialized (select * from paid where channel = 'web')
select count(*) from web

-- name: with inside a subquery
select (with t as (select max(list_price) as top from product) select top from t) as top

-- name: with of values
with wanted (sku, pieces) as (values ('SKU-B-0001', 3), ('SKU-C-0002', 5))
select p.name, w.pieces from wanted w left join product p using (sku)

-- name: shortest path in a graph
WITH RECURSIVE edge (a, b, km) AS (
  VALUES ('A', 'B', 4), ('A', 'C', 2), ('C', 'B', 1), ('B', 'D', 5), ('C', 'D', 8)),
walk (node, km, path) AS (
  SELECT 'A', 0, ARRAY['A']
  UNION ALL
  SELECT e.b, w.km + e.km, w.path || e.b FROM walk w JOIN edge e ON e.a = w.node
  WHERE e.b <> ALL (w.path))
SELECT DISTINCT ON (node) node, km, path FROM walk ORDER BY node, km

-- name: mandelbrot in little
with recursive x (i) as (values (0) union all select i + 1 from x where i < 12),
  z (ix, cx, zx, i) as (
    select i, -2 + 0.25 * i, 0.0::float8, 0 from x
    union all
    select ix, cx, zx * zx + cx, i + 1 from z where abs(zx) < 2 and i < 15)
select ix, max(i) from z group by ix order by ix
