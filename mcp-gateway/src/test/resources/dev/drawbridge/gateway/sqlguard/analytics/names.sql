-- name: column called nextval
select nextval from counter_log

-- name: quoted columns with the names of functions
select "setval", "pg_notify", lo_open from counter_log c

-- name: label called like a function
select count(*) as setval from sale

-- name: column called like a function of text search
select ts_stat from counter_log

-- name: with called like an extension's function
with crosstab as (select store_id, count(*) from sale group by 1) select * from crosstab

-- name: rewriting a query without another query
select ts_rewrite('a & b'::tsquery, 'a'::tsquery, 'c'::tsquery)

-- name: column called uescape
select uescape from counter_log

-- name: another escape character in a string
select U&'d!0061t!+000061' UESCAPE '!' as data

-- name: another escape character in a name
select U&"!0073tore_id" uescape '!' from store

-- name: string with escapes that goes on in the next line
select E'one\n'
  'two'
