-- name: plain
explain select * from sale where store_id = 3

-- name: analyze
EXPLAIN ANALYZE SELECT COUNT(*) FROM sale;

-- name: analyse verbose
explain analyse verbose select 1

-- name: verbose
explain verbose select name from product order by list_price

-- name: json with buffers
explain (analyze, buffers, format json) select * from sale join sale_line using (sale_id)

-- name: every option
explain (analyze true, verbose on, costs 1, settings, buffers off, wal, timing false, summary,
         format yaml) select count(*) from web_event

-- name: formats
EXPLAIN (FORMAT XML, COSTS OFF) TABLE store

-- name: format as a string
explain (format 'text', costs 'off') values (1), (2)

-- name: with a query in parentheses
explain (select sale_id from sale) union (select 1)

-- name: options and parentheses
explain (costs off) (select 1)

-- name: with
explain (costs off) with t as (select 1 as x) select * from t

-- name: recursive
explain analyze with recursive n (i) as (select 1 union all select i + 1 from n where i < 5) table n

-- name: comments between
explain /* (analyze) */ -- why
  (verbose) -- and
  select 1

-- name: generic plan
-- needs: 16
explain (generic_plan) select * from sale where channel = 'web'

-- name: memory and serialization
-- needs: 17
explain (analyze, memory, serialize text, buffers) select * from product

-- name: show a setting
show work_mem

-- name: show in upper case with a semicolon
SHOW server_version;

-- name: show the zone
show time zone

-- name: show the isolation
show transaction isolation level

-- name: show who I am
show session authorization

-- name: show the path
show search_path

-- name: show a quoted setting
show "DateStyle"

-- name: show the timeout
show statement_timeout

-- name: show if it is read only
show transaction_read_only

-- name: show costs
show random_page_cost

-- name: show an encoding
show server_encoding

-- name: show connections
show max_connections -- how many may there be

-- name: show a setting of a namespace
show retail.report_currency

-- name: show who wrote the cryptography
show ssl_library
