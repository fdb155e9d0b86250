-- name: three tables
select s.sale_id, c.name, p.name
  from sale s
  join customer c on c.customer_id = s.customer_id
  join sale_line l on l.sale_id = s.sale_id
  join product p on p.product_id = l.product_id
 where s.sold_at >= '2024-03-01' and s.sold_at < '2024-04-01';

-- name: left join that finds what is missing
SELECT c.customer_id, c.name
FROM customer c LEFT JOIN sale s ON s.customer_id = c.customer_id
WHERE s.sale_id IS NULL

-- name: full join of two aggregates
select coalesce(b.store_id, d.store_id) as store_id, b.planned, d.revenue
  from (select store_id, sum(amount::numeric) as planned from budget group by 1) b
  full outer join (select store_id, sum(revenue) as revenue from daily_revenue group by 1) d
    using (store_id)

-- name: right join
select s.name, e.name from employee e right join store s on e.store_id = s.store_id

-- name: cross join
select s.store_id, p.product_id from store s cross join product p

-- name: natural join
select * from sale natural join sale_line limit 3

-- name: using with an alias
select u.store_id from sale join store using (store_id) as u limit 3

-- name: comma join
select r.name, s.name from region r, store s where r.region_id = s.region_id

-- name: self join of managers
select e.name as employee, m.name as manager from employee e left join employee m
    on e.manager_id = m.employee_id

-- name: last three sales of each store
select s.name, t.sale_id, t.sold_at
  from store s
 cross join lateral (select sale_id, sold_at from sale
                      where store_id = s.store_id order by sold_at desc limit 3) t

-- name: left join lateral on true
SELECT c.name, last_sale.sold_at
FROM customer c
LEFT JOIN LATERAL (
  SELECT sold_at FROM sale s WHERE s.customer_id = c.customer_id ORDER BY sold_at DESC LIMIT 1
) last_sale ON TRUE

-- name: lateral chain
select p.sku, m.margin, q.quality
  from product p,
       lateral (select p.list_price - p.cost as margin) m,
       lateral (select case when m.margin > 20 then 'rich' else 'thin' end as quality) q

-- name: lateral function
select p.product_id, t.tag, t.n from product p, unnest(p.tags) with ordinality as t (tag, n)

-- name: rows from several functions
select * from rows from (generate_series(1, 3), unnest(array['a', 'b', 'c'])) with ordinality
    as t (n, letter, place)

-- name: function with a column definition list
select * from json_to_recordset('[{"a": 1, "b": "x"}, {"a": 2}]') as t (a int, b text)

-- name: table function of our own
select t.pieces, p.name from top_products(5) t join product p using (product_id)

-- name: range join
select l.sale_id, pp.price
  from sale_line l join sale s using (sale_id)
  join price_period pp on pp.product_id = l.product_id
   and pp.valid @> (s.sold_at at time zone 'UTC')::date

-- name: as of join
select e.event_id, s.sale_id from web_event e
  left join lateral (select sale_id from sale where sold_at <= e.occurred_at
                      order by sold_at desc limit 1) s on true
 where e.kind = 'pay' limit 20

-- name: nested joins in parentheses
select count(*) from (sale s join sale_line l using (sale_id)) join
  (product p join category c using (category_id)) using (product_id)

-- name: join on inequality
select a.product_id, b.product_id from product a join product b
    on a.list_price < b.list_price and a.category_id = b.category_id

-- name: join with is not distinct from
select count(*) from sale a join sale b on a.coupon is not distinct from b.coupon

-- name: products bought together
select a.product_id, b.product_id, count(*) as together
  from sale_line a join sale_line b on a.sale_id = b.sale_id and a.product_id < b.product_id
 group by 1, 2 having count(*) >= 2 order by together desc, 1, 2 limit 10

-- name: calendar without gaps
select d::date as day, coalesce(sum(r.revenue), 0) as revenue
  from generate_series(date '2024-01-01', date '2024-01-31', interval '1 day') d
  left join daily_revenue r on r.day = d::date
 group by d order by d

-- name: alias of a join
select j.* from (store s join region r using (region_id)) as j limit 1

-- name: join through an array
select p.product_id, s.size from product p join lateral unnest(p.sizes) as s (size) on s.size > 40
