-- name: rollup of region and store
select r.name as region, s.name as store, sum(d.revenue)
  from daily_revenue d join store s using (store_id) join region r using (region_id)
 group by rollup (r.name, s.name)
 order by r.name nulls last, s.name nulls last

-- name: cube with grouping
SELECT channel, status, COUNT(*), GROUPING(channel, status) AS level
FROM sale
GROUP BY CUBE (channel, status)
ORDER BY level

-- name: grouping sets with the empty set
select store_id, channel, count(*) from sale
 group by grouping sets ((store_id, channel), (store_id), ())

-- name: nested grouping sets
select store_id, channel, status, count(*) from sale
 group by grouping sets (rollup (store_id, channel), cube (status), ())

-- name: mixed columns and rollup
select extract(year from sold_at) as year, channel, status, count(*)
  from sale group by 1, rollup (channel, status)

-- name: composite rollup
select store_id, channel, status, count(*) from sale group by rollup ((store_id, channel), status)

-- name: group by distinct
select store_id, channel, count(*) from sale
 group by distinct rollup (store_id, channel), rollup (store_id)

-- name: group by all
select store_id, count(*) from sale group by all store_id

-- name: group by position and alias
select date_part('dow', sold_at) as weekday, count(*) from sale group by weekday order by 2 desc

-- name: group by expression
select width_bucket(list_price, 0, 120, 6) * 20 as up_to, count(*) from product
 group by width_bucket(list_price, 0, 120, 6) order by 1

-- name: functional dependency on the primary key
select s.store_id, s.name, s.opened_on, count(*) from store s join sale using (store_id)
 group by s.store_id

-- name: having without group by
select max(list_price) from product having count(*) > 3

-- name: having with a subquery
select store_id, sum(revenue) from daily_revenue group by store_id
having sum(revenue) > (select avg(total) from (
  select sum(revenue) as total from daily_revenue group by store_id) t)

-- name: label the totals
select case grouping(channel) when 1 then 'all channels' else channel::text end as channel,
       count(*) as sales
  from sale group by rollup (channel)

-- name: pivot by filter
SELECT store_id,
       COUNT(*) FILTER (WHERE channel = 'store') AS in_store,
       COUNT(*) FILTER (WHERE channel = 'web')   AS web,
       COUNT(*) FILTER (WHERE channel = 'phone') AS phone
FROM sale GROUP BY store_id ORDER BY store_id;

-- name: pivot by case
select to_char(sold_at, 'Mon') as month,
       sum(case when status = 'paid' then 1 else 0 end) as paid,
       sum(case when status = 'cancelled' then 1 else 0 end) as cancelled
  from sale group by to_char(sold_at, 'Mon')

-- name: unpivot by values
select p.product_id, v.measure, v.amount
  from product p
 cross join lateral (values ('list price', p.list_price), ('cost', p.cost)) as v (measure, amount)

-- name: histogram with bars
select bucket, n, repeat('█', n::int) as bar
  from (select width_bucket(salary, 2400, 4100, 5) as bucket, count(*) as n
          from employee group by 1) h
 order by bucket

-- name: group by collation
select name collate "C" as name, count(*) from employee group by name collate "C" order by 1

-- name: group by a row
select (store_id, channel) as pair, count(*) from sale group by (store_id, channel)

-- name: group by boolean expression
select customer_id is null as anonymous, count(*) from sale group by customer_id is null

-- name: group by nothing
select count(*), min(sold_at) from sale group by ()

-- name: rollup on a join with an aggregate of distinct values
select c.country, p.category_id, count(distinct s.customer_id) as buyers
  from sale s join customer c using (customer_id) join sale_line l using (sale_id)
  join product p using (product_id)
 group by rollup (c.country, p.category_id)
