-- name: price on a day
select product_id, price from price_period where valid @> date '2024-05-01'

-- name: overlaps, adjacency, sides
SELECT a.product_id, a.valid && b.valid, a.valid -|- b.valid, a.valid << b.valid,
  a.valid >> b.valid,
       a.valid &< b.valid, a.valid &> b.valid
FROM price_period a JOIN price_period b USING (product_id) WHERE a.product_id = 2

-- name: union, intersection, difference
select int4range(1, 5) + int4range(4, 9), numrange(1, 5) * numrange(3, 8), int8range(1,
       9) - int8range(5, 12)

-- name: bounds
select lower(valid), upper(valid), lower_inc(valid), upper_inc(valid), lower_inf(valid),
       isempty(valid), upper(valid) - lower(valid) as days from price_period

-- name: literals with every kind of bound
select '[1,5)'::int4range, '(,5]'::numrange, 'empty'::daterange, '[2024-01-01,)'::daterange,
       numrange(1, 2, '()'), tstzrange(now(), 'infinity', '[]') @> now()

-- name: hours open
select name, hours, upper(hours) - lower(hours) as span,
       (select sum(upper(h) - lower(h)) from unnest(hours) h) as open_hours
  from store where hours @> 11

-- name: multiranges
select '{[1,3),[5,8)}'::int4multirange - '{[2,6)}'::int4multirange, range_merge(hours) from store

-- name: shift without its breaks
select shift_id, tstzmultirange(during) - breaks as working from shift

-- name: who was at work
select e.name from shift s join employee e using (employee_id)
 where s.during @> timestamptz '2024-05-07 08:00Z' and not s.breaks @> timestamptz
   '2024-05-07 08:00Z'

-- name: shifts that overlap
select a.shift_id, b.shift_id, a.during * b.during as both
  from shift a join shift b on a.shift_id < b.shift_id and a.during && b.during

-- name: occupied time
select range_agg(during) from shift

-- name: free time between shifts
select tstzmultirange(tstzrange('2024-05-06', '2024-05-20')) - range_agg(during) from shift

-- name: overlaps of the standard
select (date '2024-01-01', date '2024-02-01') overlaps (date '2024-01-15', interval '30 days')

-- name: greatest number at once
with edge as (select lower(during) as at, 1 as step from shift
              union all select upper(during), -1 from shift)
select max(n) from (select sum(step) over (order by at, step) as n from edge) t

-- name: network ranges
select address, host(address), family(address), masklen(address), address << inet '10.1.0.0/25',
       network(set_masklen(address, 24)), address + 1, address - inet '10.1.0.0'
  from web_event where address <<= '10.0.0.0/8' limit 5

-- name: numbers
select 7 / 2, 7 % 3, 2 ^ 10, |/ 16.0, ||/ 27.0, @ -5, 5 & 3, 5 | 3, 5 # 3, ~5, 1 << 4, 16 >> 2,
       div(7, 2), mod(7, 3), gcd(12, 18), lcm(4, 6), factorial(6), sign(-2.5), trunc(2.567, 2)

-- name: rounding and logarithms
select round(2.5), round(2.5::float8), round(1234.567, -2), ceil(1.1), ceiling(1.1), floor(-1.1),
       ln(2.0), log(100.0), log(2.0, 8.0), exp(1.0), power(2, 3), sqrt(2), cbrt(8), pi(),
         scale(1.10)

-- name: trigonometry
select sin(0.5), cosd(60), atan2(1, 1), degrees(pi()), radians(180), sinh(1), tanh(0.5)

-- name: money and bytes
select '12.34'::money * 2, pg_size_pretty(123456789::bigint), pg_size_bytes('1 GB'), 1e3::bigint

-- name: geometry built in
select point(1, 2) <-> point(4, 6), box(point(0, 0), point(2, 2)) @> point(1, 1),
       lseg(point(0, 0), point(1, 1)) ?# lseg(point(0, 1), point(1, 0)),
       circle(point(0, 0), 2) && circle(point(3, 0), 2), ?- lseg '((0,0),(1,0))',
       @-@ path '((0,0),(1,0))', point(1, 1) ~= point(1, 1)
