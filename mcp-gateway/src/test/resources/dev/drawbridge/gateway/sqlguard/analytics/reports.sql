-- name: recency, frequency, value
with facts as (
  select s.customer_id, max(s.sold_at) as latest, count(distinct s.sale_id) as sales,
         sum(l.quantity * net(l.unit_price, l.discount)) as spent
    from sale s join sale_line l using (sale_id)
   where s.status = 'paid' and s.customer_id is not null
   group by s.customer_id),
scored as (
  select *, ntile(5) over (order by latest) as r, ntile(5) over (order by sales) as f,
         ntile(5) over (order by spent) as m from facts)
select case when r >= 4 and f >= 4 then 'champion' when r >= 3 then 'active'
            when r = 1 and m >= 4 then 'at risk' else 'other' end as segment,
       count(*), round(avg(spent), 2) as average
  from scored group by 1 order by 2 desc

-- name: pareto classes
WITH revenue AS (
  SELECT product_id, SUM(quantity * unit_price) AS r FROM sale_line GROUP BY product_id),
cumulated AS (
  SELECT product_id, r, SUM(r) OVER (ORDER BY r DESC, product_id) / SUM(r) OVER () AS share
  FROM revenue)
SELECT product_id, r, CASE WHEN share <= 0.8 THEN 'A' WHEN share <= 0.95 THEN 'B' ELSE 'C' END AS
  class
FROM cumulated ORDER BY r DESC

-- name: funnel
select count(*) filter (where viewed) as viewed, count(*) filter (where carted) as carted,
       count(*) filter (where carted and paid) as paid,
       round(100.0 * count(*) filter (where paid) / nullif(count(*), 0), 1) as percent
  from (select visitor_id, bool_or(kind = 'view') as viewed, bool_or(kind = 'cart') as carted,
               bool_or(kind = 'pay') as paid from web_event group by visitor_id) t

-- name: funnel in order of time
select count(v.at) as viewed, count(c.at) as carted, count(p.at) as paid
  from (select distinct visitor_id from web_event) w
  left join lateral (select min(occurred_at) as at from web_event e
                      where e.visitor_id = w.visitor_id and kind = 'view') v on true
  left join lateral (select min(occurred_at) as at from web_event e
                      where e.visitor_id = w.visitor_id and kind = 'cart' and occurred_at > v.at) c
    on true
  left join lateral (select min(occurred_at) as at from web_event e
                      where e.visitor_id = w.visitor_id and kind = 'pay' and occurred_at > c.at) p
    on true

-- name: split test
select variant, n, paid, paid::numeric / n as rate,
       sqrt((paid::float8 / n) * (1 - paid::float8 / n) / n) * 1.96 as margin
  from (select payload #>> '{ab,group}' as variant, count(*) as n,
               count(*) filter (where kind = 'pay') as paid from web_event group by 1) t

-- name: budget against revenue
select b.store_id, to_char(b.month, 'YYYY-MM') as month, b.amount::numeric as planned,
       coalesce(a.revenue, 0) as actual,
       round(coalesce(a.revenue, 0) / b.amount::numeric * 100, 1) as percent
  from budget b
  left join (select store_id, date_trunc('month', day)::date as month, sum(revenue) as revenue
               from daily_revenue group by 1, 2) a using (store_id, month)
 order by 1, 2

-- name: churned customers
select customer_id, max(sold_at) as latest from sale where customer_id is not null
 group by customer_id
having max(sold_at) < (select max(sold_at) from sale) - interval '60 days'

-- name: basket affinity with lift
with n as (select count(distinct sale_id)::numeric as total from sale_line),
     single as (select product_id, count(distinct sale_id) as c from sale_line group by 1),
     pair as (select a.product_id as x, b.product_id as y, count(distinct a.sale_id) as c
                from sale_line a join sale_line b using (sale_id)
               where a.product_id < b.product_id group by 1, 2)
select pair.x, pair.y, pair.c, round(pair.c * n.total / (sx.c * sy.c), 2) as lift
  from pair join single sx on sx.product_id = pair.x join single sy on sy.product_id = pair.y, n
 where pair.c >= 3 order by lift desc nulls last limit 10

-- name: stock cover
select i.product_id, sum(i.on_hand) as stock, coalesce(v.per_day, 0) as per_day,
       round(sum(i.on_hand) / nullif(v.per_day, 0)) as days
  from inventory i left join (
    select product_id, sum(quantity) / 300.0 as per_day from sale_line group by 1) v using
           (product_id)
 group by i.product_id, v.per_day order by days nulls first

-- name: outliers by quartiles
with q as (select percentile_cont(0.25) within group (order by unit_price) as q1,
                  percentile_cont(0.75) within group (order by unit_price) as q3 from sale_line)
select l.* from sale_line l, q where unit_price not between q1 - 1.5 * (q3 - q1) and q3 + 1.5 *
       (q3 - q1)

-- name: lifetime value by cohort
select date_trunc('quarter', c.joined_at)::date as cohort, count(distinct c.customer_id) as people,
       sum(l.quantity * l.unit_price) / count(distinct c.customer_id) as value_each
  from customer c left join sale s using (customer_id) left join sale_line l using (sale_id)
 group by rollup (1) order by 1

-- name: first and repeat purchases by month
select date_trunc('month', sold_at) as month, count(*) filter (where n = 1) as first,
       count(*) filter (where n > 1) as repeat
  from (select sold_at, row_number() over (partition by customer_id order by sold_at) as n
          from sale where customer_id is not null) t
 group by 1 order by 1

-- name: linear trend
select store_id, regr_slope(revenue::float8, extract(epoch from day)::float8) * 86400 as per_day,
       regr_r2(revenue::float8, extract(epoch from day)::float8) as fit
  from daily_revenue group by store_id

-- name: attribution to the first and last touch
select distinct on (visitor_id) visitor_id,
       first_value(substring(path from 'utm_source=(\w+)')) over w as first_touch,
       last_value(substring(path from 'utm_source=(\w+)')) over w as last_touch
  from web_event
window w as (partition by visitor_id order by occurred_at
             rows between unbounded preceding and unbounded following)

-- name: quality of the data
select count(*) as rows, count(*) filter (where city is null) as no_city,
       count(*) - count(distinct email) as doubles, min(birth_date), max(joined_at),
       count(*) filter (where email !~ '^[^@[:space:]]+@[^@[:space:]]+\.[a-z]+$') as bad_email
  from customer

-- name: profile of columns
select 'sale.coupon' as col, count(coupon), count(distinct coupon), min(coupon),
       max(coupon) from sale
union all
select 'store.name', count(name), count(distinct name), min(name), max(name) from store

-- name: checksum of a table
select count(*), md5(string_agg(t::text, '|' order by sale_id)) from sale t

-- name: salaries and spans of control
with recursive chain as (
  select employee_id, manager_id, employee_id as top, 0 as depth from employee
   where manager_id is null
  union all
  select e.employee_id, e.manager_id, c.top, c.depth + 1
    from employee e join chain c on e.manager_id = c.employee_id)
select t.name, count(*) - 1 as people, max(depth) as levels, sum(e.salary) as cost
  from chain c join employee t on t.employee_id = c.top join employee e on e.employee_id =
    c.employee_id
 group by t.name order by people desc

-- name: monthly matrix in one text
select store_id, string_agg(to_char(month, 'Mon') || ':' || round(r), ' ' order by month)
  from (select store_id, date_trunc('month', day) as month, sum(revenue) as r
          from daily_revenue group by 1, 2) t
 group by store_id

-- name: top and others
with ranked as (
  select product_id, sum(quantity) as n, row_number() over (order by sum(quantity) desc) as r
    from sale_line group by product_id)
select case when r <= 3 then product_id::text else 'others' end as product, sum(n)
  from ranked group by 1, least(r, 4) order by least(r, 4)

-- name: moving median by lateral
select d.day, m.median from (select distinct day from daily_revenue) d cross join lateral (
  select percentile_cont(0.5) within group (order by revenue) as median from daily_revenue r
   where r.day between d.day - 6 and d.day) m order by d.day

-- name: simulated purchase limit
select customer_id, sale_id, running from (
  select customer_id, sale_id, sum(amount) over (partition by customer_id order by sold_at) as
         running
    from sale join (select sale_id, sum(quantity * unit_price) as amount from sale_line group by
      1) a
   using (sale_id)) t
 where running > 500

-- name: materialized numbers per category
select category, month::date, pieces, pieces - lag(pieces) over (partition by category order by
       month)
  from category_month order by category, month
