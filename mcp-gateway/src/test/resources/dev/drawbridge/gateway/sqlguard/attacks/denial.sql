-- sleep: for a minute
select pg_sleep(60)
-- sleep_for: for an hour
select pg_sleep_for('1 hour')
-- sleep_in_rows: a little for each row
select id, pg_sleep(0.1) from generate_series(1, 100000) id order by 2
-- endless_series: of numbers
select count(*) from generate_series(1, 1e15::bigint)
-- endless_recursion: never ends
with recursive r(i) as (select 1 union all select i from r) select count(*) from r
-- cross_join: of all with all
select count(*) from shop.document a, shop.document b, shop.document c, shop.document d
-- huge_text: longer than an answer
select repeat('x', 100000000)
-- huge_array: longer than an answer
select array_fill(1, array[10000000])
-- catastrophic_pattern: with a back reference
select repeat('a', 40) || 'b' ~ '^((a*)*)*\2\1$'
-- large_pattern: with counters in counters
select 'a' ~ '((((a{1,200}){1,200}){1,200}){1,200})'
-- like_pattern: with many stars
select repeat('a', 100000) like repeat('%a', 5000) || 'b'
-- huge_number: with many digits
select length((10::numeric ^ 100000 * 10::numeric ^ 30000)::text), factorial(20000)::text
-- slow_zone_names: reads many files
select count(*) from pg_timezone_names a, pg_timezone_names b
