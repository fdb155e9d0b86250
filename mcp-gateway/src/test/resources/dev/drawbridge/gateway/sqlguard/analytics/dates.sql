-- name: truncation
select date_trunc('week', sold_at), date_trunc('quarter', sold_at, 'Europe/Berlin'), count(*)
  from sale group by 1, 2

-- name: extraction
SELECT EXTRACT(YEAR FROM sold_at), EXTRACT(EPOCH FROM sold_at), extract(isoyear from sold_at),
       date_part('week', sold_at), extract(microseconds from time '10:00:01.5')
FROM sale LIMIT 3

-- name: intervals in every notation
select interval '1 year 2 months', interval 'P1Y2M3DT4H', interval '1-2' year to month,
       interval '3' day, interval '4:05' hour to minute, interval '1.5' second(1),
         '90 min'::interval,
       make_interval(years => 1, days => 10), interval(3) '1.23456 s'

-- name: arithmetic
select date '2024-03-01' - 1, date '2024-03-01' - date '2024-02-01', now() - interval '1 day',
       timestamp '2024-01-31' + interval '1 month', 3 * interval '20 min', interval '1 day' / 2

-- name: age
select name, age(birth_date), age(timestamp '2024-06-01', birth_date), extract(year from age(
  birth_date)) as years from customer

-- name: time zones
select sold_at at time zone 'America/Toronto', (sold_at at time zone 'UTC') at time zone
       'Asia/Tokyo',
       timezone('Europe/Paris', sold_at), timestamptz '2024-03-31 02:30 Europe/Berlin'
  from sale limit 2

-- name: local time
-- needs: 17
select now() at local, timestamp '2024-01-01 00:00' at local

-- name: current values of the standard
select current_date, current_time(0), current_timestamp(3), localtime, localtimestamp(0),
       clock_timestamp() >= statement_timestamp(), transaction_timestamp() = now(), timeofday()

-- name: formatted
select to_char(sold_at, 'Day, DD Mon YYYY HH24:MI:SS.MS TZH:TZM'), to_char(sold_at, 'IYYY-"W"IW'),
       to_char(interval '15h 2m', 'HH24:MI'), to_date('05 Dec 2024', 'DD Mon YYYY'),
       to_timestamp(1714560000), to_timestamp('2024-02-29 12', 'YYYY-MM-DD HH24')
  from sale limit 2

-- name: series of timestamps
select t, count(s.*) from generate_series(timestamptz '2024-01-01', '2024-02-01', '1 week') as g (t)
  left join sale s on s.sold_at >= t and s.sold_at < t + interval '1 week' group by t

-- name: series with a zone
-- needs: 16
select * from generate_series(timestamptz '2024-03-30 00:00Z', '2024-04-02 00:00Z', '1 day',
                              'Europe/Berlin')

-- name: bins of a quarter of an hour
select date_bin('15 minutes', occurred_at, timestamptz '2024-01-01'), count(*)
  from web_event group by 1 order by 1

-- name: last day of the month and first of the next
select (date_trunc('month', d) + interval '1 month - 1 day')::date, date_trunc('month', d) + '1 mon'
  from (values (date '2024-02-10')) v (d)

-- name: last thirty days
select count(*) from sale where sold_at >= current_date - 30 and sold_at < current_date + 1

-- name: business days
select count(*) from generate_series(date '2024-05-01', date '2024-05-31', '1 day') d
 where extract(isodow from d) < 6

-- name: made from parts
select make_date(2024, 2, 29), make_time(8, 15, 23.5), make_timestamp(2024, 1, 2, 3, 4, 5.6),
       make_timestamptz(2024, 1, 2, 3, 4, 5, 'UTC'), isfinite(date 'infinity'), date 'epoch'

-- name: justified
select justify_hours(interval '50 hours'), justify_days('40 days'),
       justify_interval('1 mon -1 hour')

-- name: special dates
select 'today'::date, 'yesterday'::date, 'tomorrow'::timestamp, '-infinity'::timestamptz,
       'now'::time

-- name: year over year
with m as (select date_trunc('month', day) as month,
  sum(revenue) as r from daily_revenue group by 1)
select a.month, a.r, b.r as year_before, round((a.r / b.r - 1) * 100, 1) as growth
  from m a left join m b on b.month = a.month - interval '1 year' order by 1

-- name: retention by cohort
WITH first AS (
  SELECT customer_id, date_trunc('month', MIN(sold_at)) AS cohort FROM sale GROUP BY 1)
SELECT cohort, (EXTRACT(YEAR FROM AGE(date_trunc('month', s.sold_at), cohort)) * 12
             + EXTRACT(MONTH FROM AGE(date_trunc('month', s.sold_at), cohort)))::int AS months,
       COUNT(DISTINCT s.customer_id)
FROM first JOIN sale s USING (customer_id) GROUP BY 1, 2 ORDER BY 1, 2

-- name: time between purchases
select customer_id, avg(gap) from (
  select customer_id, sold_at - lag(sold_at) over (partition by customer_id order by sold_at) as gap
    from sale) t group by customer_id

-- name: birthdays in a week
select name, birth_date from customer
 where to_char(birth_date, 'MMDD') between '0301' and '0307'

-- name: week grid
select extract(isodow from sold_at)::int as d,
       count(*) filter (where sold_at::time < '12:00') as morning,
       count(*) filter (where sold_at::time >= time '12:00') as later
  from sale group by 1 order by 1

-- name: epoch differences
select extract(epoch from (max(sold_at) - min(sold_at))) / 86400.0 as days from sale

-- name: month as text in order
select to_char(day, 'FMMonth'), sum(revenue) from daily_revenue
 group by to_char(day, 'FMMonth'), extract(month from day) order by extract(month from day)

-- name: casts of types by prefix
select date'2024-01-01', timestamp'2024-01-01 10:00', timestamptz'2024-01-01 10:00+02',
       time with time zone '10:00+02', timestamp(0) with time zone '2024-01-01 10:00:00.7Z'

-- name: fiscal year
select case when extract(month from day) >= 7 then extract(year from day) + 1
            else extract(year from day) end as fiscal_year, sum(revenue)
  from daily_revenue group by 1

-- name: latest and staleness
select max(counted_at), now()::timestamp - max(counted_at) as stale from inventory
