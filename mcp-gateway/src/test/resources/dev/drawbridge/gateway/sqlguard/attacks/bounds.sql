-- comment_at_the_end: hides what stands behind
select id from generate_series(1, 100000) id --
-- open_comment: hides what stands behind
select id from generate_series(1, 100000) id /* limit
-- own_limit: a limit of its own
select id from generate_series(1, 100000) id limit 100000
-- limit_all: no limit
select id from generate_series(1, 100000) id limit all
-- closed_wrap: ends the parenthesis around it
select id from generate_series(1, 100000) id) q --
-- closed_wrap_and_more: ends it and goes on
select 1) q; drop table shop.account; --
-- fetch_first: another form of limit
select id from generate_series(1, 100000) id offset 0 fetch first 100000 rows only
-- one_wide_row: one row as long as all
select string_agg(secret || repeat('x', 100), '') from shop.account, generate_series(1, 1000)
-- one_array: one value as long as all
select array_agg(i) from generate_series(1, 1000000) i
-- rows_that_grow: what becomes longer when it is written down
select repeat(chr(1), 5000) from generate_series(1, 100) i
-- wide_columns: a row of a thousand columns of text
select * from (values (repeat('x', 60000), repeat('y', 60000))) v, lateral (select repeat('z', 60000)) w
