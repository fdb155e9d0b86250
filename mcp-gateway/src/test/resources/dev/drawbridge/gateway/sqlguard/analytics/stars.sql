-- name: revenue of a discount band
select sum(lo_extendedprice * lo_discount) as revenue from lineorder
 where lo_discount between 1 and 3 and lo_quantity < 25

-- name: revenue by month
SELECT date_trunc('month', lo_orderdate) AS month,
  SUM(lo_revenue) FROM lineorder GROUP BY 1 ORDER BY 1

-- name: profit
select lo_custkey, sum(lo_revenue - lo_supplycost) as profit from lineorder
 group by lo_custkey order by profit desc limit 10

-- name: joined with a dimension
select c.country, sum(l.lo_revenue) from lineorder l join customer c on c.customer_id = l.lo_custkey
 group by c.country

-- name: columns that begin like functions
select lo_orderkey as lo_first, "lo_linenumber", lo_partkey lo_count from lineorder limit 3

-- name: a low and a high
with b as (select min(list_price) as lo_price, max(list_price) as hi_price from product)
select width_bucket(list_price, lo_price, hi_price, 4) from product, b where lo_price < hi_price

-- name: names that contain denied ones
select 1 as nextval_at, 2 as my_setval, 3 as pg_notify_count, 4 as has_set_config, 5 as a_dblink
  from (values (1)) as currval_log

-- name: last value of nothing
select 1 as lastval, 2 as pg_sleep_seconds, 3 as pg_read_ratio, 4 as loread_count, 5 as pg_ls
