-- name: running total by store
select store_id, day, revenue,
       sum(revenue) over (partition by store_id order by day) as running
  from daily_revenue
 order by store_id, day;

-- name: moving average of seven rows
SELECT day, AVG(revenue) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS avg7
FROM daily_revenue
WHERE store_id = 3
ORDER BY day

-- name: moving sum of a calendar month by range
select day, sum(revenue) over (
         order by day range between interval '1 month' preceding and current row) as last_month
  from daily_revenue

-- name: neighbours in value by range
select product_id, list_price,
       count(*) over (order by list_price range between 5.0 preceding and 5.0 following) - 1 as near
  from product

-- name: groups frame of tied days
select day, store_id,
       sum(revenue) over (order by day groups between 1 preceding and 1 following) as around
  from daily_revenue

-- name: everything but this row
select employee_id, salary, avg(salary) over (
         partition by store_id
         rows between unbounded preceding and unbounded following exclude current row) as others
  from employee

-- name: exclude ties
select quantity, count(*) over (order by quantity groups between unbounded preceding
         and current row exclude ties) as smaller_and_me
  from sale_line

-- name: exclude group
select quantity, count(*) over (order by quantity range between unbounded preceding
         and unbounded following exclude group) as different
  from sale_line limit 20

-- name: exclude no others
select avg(quantity) over (rows unbounded preceding exclude no others) from sale_line limit 5

-- name: rank three ways
SELECT name, salary,
       ROW_NUMBER() OVER w AS rn, RANK() OVER w AS r, DENSE_RANK() OVER w AS dr
FROM employee
WINDOW w AS (ORDER BY salary DESC NULLS LAST)

-- name: named windows that build on one another
select sale_id, line_no, sum(quantity) over by_line, count(*) over by_sale
  from sale_line
window by_sale as (partition by sale_id), by_line as (by_sale order by line_no)

-- name: quartiles and percent ranks
select product_id, ntile(4) over p, percent_rank() over p, cume_dist() over p
  from product window p as (order by list_price)

-- name: change from day to day
with d as (select day, sum(revenue) as revenue from daily_revenue group by day)
select day, revenue, revenue - lag(revenue) over (order by day) as change,
       round(100 * (revenue / nullif(lag(revenue, 1) over (order by day), 0) - 1), 1) as percent
  from d order by day

-- name: lead with a default
select shift_id, during, lead(lower(during), 1, 'infinity') over (order by during) as next_begins
  from shift

-- name: first and last value with a whole frame
select distinct store_id,
       first_value(day) over w as first_day, last_value(day) over w as last_day
  from daily_revenue
window w as (partition by store_id order by day
             rows between unbounded preceding and unbounded following)

-- name: nth value
SELECT DISTINCT nth_value(name, 2) OVER (ORDER BY salary DESC
  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM employee

-- name: filtered aggregate in a window
select sale_id, channel,
       count(*) filter (where channel = 'web') over (order by sold_at) as web_until_now
  from sale

-- name: share of the total
select category_id, product_id,
       list_price / sum(list_price) over () as of_all,
       list_price / sum(list_price) over (partition by category_id) as of_category
  from product

-- name: window over an aggregate
select date_trunc('month', sold_at) as month, count(*),
       sum(count(*)) over (order by date_trunc('month', sold_at)) as cumulative
  from sale group by 1 order by 1

-- name: rank of grouped sums
select store_id, sum(revenue), rank() over (order by sum(revenue) desc)
  from daily_revenue group by store_id

-- name: top two of each category
select * from (
  select p.*, row_number() over (partition by category_id order by list_price desc) as place
    from product p) ranked
 where place <= 2

-- name: gaps and islands of days
select store_id, min(day) as from_day, max(day) as to_day, count(*) as days
  from (select store_id, day,
               day - (row_number() over (partition by store_id order by day))::int as island
          from daily_revenue) t
 group by store_id, island
having count(*) > 1

-- name: sessions by thirty minutes of silence
WITH marked AS (
  SELECT visitor_id, occurred_at,
         CASE WHEN occurred_at - LAG(occurred_at) OVER v > INTERVAL '30 minutes' THEN 1 ELSE 0 END
           AS is_new
  FROM web_event WINDOW v AS (PARTITION BY visitor_id ORDER BY occurred_at))
SELECT visitor_id, occurred_at,
       SUM(is_new) OVER (PARTITION BY visitor_id ORDER BY occurred_at) AS session_no
FROM marked

-- name: one array for each frame
select sale_id, array_agg(product_id) over (partition by sale_id order by line_no
         rows between current row and 1 following) from sale_line

-- name: smallest row first between offsets computed
select line_no, max(unit_price) over (
  order by sale_id rows between 2 * 3 preceding and (select 1) following) from sale_line limit 10

-- name: window in order by only
select name from product order by row_number() over (partition by category_id order by sku), name

-- name: ratio to report per month
select to_char(day, 'YYYY-MM') as month, store_id, sum(revenue) as revenue,
       sum(revenue) / sum(sum(revenue)) over (partition by to_char(day, 'YYYY-MM')) as share
  from daily_revenue group by 1, 2 order by 1, share desc

-- name: distinct from the previous value
select sale_id, status from (
  select sale_id, status, lag(status) over (order by sale_id) as before from sale) t
 where status is distinct from before
