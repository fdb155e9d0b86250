-- name: median
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY list_price) AS median FROM product

-- name: several percentiles at once
select percentile_cont(array[0.05, 0.25, 0.5, 0.75, 0.95]) within group (order by unit_price)
  from sale_line

-- name: percentile of intervals
select percentile_cont(0.9) within group (order by upper(during) - lower(during)) from shift

-- name: discrete percentile by group
select store_id, percentile_disc(0.5) within group (order by salary desc)
  from employee group by store_id

-- name: mode
select mode() within group (order by channel) as commonest from sale

-- name: filtered ordered set
select percentile_cont(0.95) within group (order by (payload ->> 'ms')::int)
         filter (where kind = 'pay') as p95_pay
  from web_event

-- name: hypothetical rank
select rank(50.0) within group (order by list_price) as place,
       dense_rank(50.0) within group (order by list_price),
       percent_rank(50.0) within group (order by list_price),
       cume_dist(50.0) within group (order by list_price desc)
  from product

-- name: hypothetical rank of two columns
select rank(3, 'web') within group (order by store_id, channel::text) from sale

-- name: standard deviations and variances
select stddev(list_price), stddev_pop(list_price), var_samp(list_price), variance(cost) from product

-- name: correlation and regression
select corr(list_price::float8, cost::float8), covar_pop(list_price::float8, cost::float8),
       regr_slope(list_price::float8, cost::float8) as slope,
       regr_intercept(list_price::float8, cost::float8), regr_r2(list_price::float8, cost::float8),
       regr_count(list_price::float8, cost::float8)
  from product

-- name: z scores
select product_id, (list_price - avg(list_price) over ()) / nullif(stddev(list_price) over (), 0)
  from product

-- name: ordered string aggregate
select category_id, string_agg(name, ', ' order by list_price desc, name) from product
 group by category_id

-- name: distinct string aggregate
select string_agg(distinct country, '/' order by country) from customer

-- name: ordered array aggregate
select array_agg(product_id order by launched_on nulls first) from product

-- name: array of arrays
select array_agg(tags[1:2]) from product

-- name: boolean aggregates
select store_id, bool_and(status = 'paid'), bool_or(coupon is not null), every(sale_id > 0)
  from sale group by store_id

-- name: bit aggregates
select bit_and(quantity), bit_or(quantity), bit_xor(quantity) from sale_line

-- name: json aggregates
select json_agg(p.name order by p.name), jsonb_object_agg(p.sku, p.list_price) from product p

-- name: range aggregates
select range_agg(valid), range_intersect_agg(valid) from price_period group by product_id

-- name: aggregate of an aggregate
select avg(n) from (select count(*) as n from sale group by customer_id) t

-- name: conversion with a filter
select count(distinct visitor_id) filter (where kind = 'pay')::numeric
       / nullif(count(distinct visitor_id), 0) as conversion
  from web_event

-- name: any value
-- needs: 16
select category_id, any_value(name) from product group by category_id

-- name: count of whole rows
select count(*), count(s), count(s.coupon), count(distinct s.coupon) from sale s

-- name: an aggregate of our own
select category_id, product_of(1 + list_price / 1000) from product group by category_id

-- name: geometric mean
select exp(avg(ln(list_price))) as geometric, 1 / avg(1 / list_price) as harmonic from product

-- name: weighted average
select sum(unit_price * quantity) / sum(quantity) as weighted from sale_line

-- name: min and max by row comparison
select (max(row(list_price, product_id)::text)) from product

-- name: first by array
select store_id, (array_agg(sale_id order by sold_at))[1] as first_sale from sale group by store_id

-- name: sum of money
select store_id, sum(amount), sum(amount::numeric) from budget group by store_id

-- name: sum of intervals
select employee_id, sum(upper(during) - lower(during)) as worked from shift group by employee_id

-- name: trimmed mean
with b as (select percentile_cont(array[0.1, 0.9]) within group (order by unit_price) as p
             from sale_line)
select avg(unit_price) from sale_line, b where unit_price between p[1] and p[2]

-- name: xml aggregate
select xmlagg(xmlelement(name store, name) order by name) from store

-- name: count per weekday and hour
select extract(isodow from sold_at) as d, extract(hour from sold_at) as h, count(*)
  from sale group by d, h order by d, h
