-- name: comment before
-- How many sales were there?
select count(*) from sale

-- name: comment after
select 1 -- and no more; drop table sale

-- name: nested comments
select /* outer /* inner; */ still -- outer */ 1 /**/ as /***/ one /* '"$$ */

-- name: comment with the start of a string
select 1 /* don't */ + 1 -- can't
     , 'it''s'

-- name: hint in a comment
/*+ SeqScan(sale) */ select count(*) from sale;

-- name: dollar quotes
select $$it's; -- "all" /* text */$$, $tag$ a $$ b $other$ c $tag$, $ä$ ü $ä$, $_1$x$_1$

-- name: dollars in names
with t$1 as (select 1 as a$, 2 as "b$c", 3 as _$) select a$, "b$c", _$ from t$1

-- name: escapes
select E'tab\tnew\nline \\ \' quote \x41 \101 \u00e9 \U0001F600', e'it''s', E''

-- name: backslashes that escape nothing
select '\', 'C:\dir\', '\''', ' \\ ', regexp_replace('a\b', '\\', '/')

-- name: unicode strings and names
select U&'d\0061t\+000061', u&'\\', U&"\0073tore_id" from store

-- name: strings that go on in the next line
select 'one '
  'string' as whole, 'a'

  'b', b'10'
'01', U&'\0061'
  'z'

-- name: national and bit strings
select N'text', n'x', B'0101', b'', X'1Ff', x''

-- name: quotes in names
select "a""b", "x;y", "--note", "Order ID", "Größe" from "Order Details" where "--note" is not null

-- name: keywords as quoted names
select "select", "from", od."user" as "table" from retail."Order Details" as od order by "from"

-- name: keywords as plain names
select name, type, value, key, year, month, day, date, time, timestamp, zone, position_id, percent,
       index, language, role, owner, temporary, first, last, count
  from reading

-- name: words of other statements as columns
select begin, commit, call, copy, lock, notify, reset, execute, prepare, set_config_by from reading

-- name: words of other statements as labels
select 1 as delete, 2 as update, 3 as insert, 4 as drop, 5 as set, 6 as do, 7 as truncate,
       8 as grant,
       9 as vacuum, 10 as listen, 11 as declare, 12 as analyze, 13 as into, 14 as create

-- name: labels without as
select count(*) total, max(sold_at) latest, 1 "from", 2 value, 3 name from sale

-- name: reserved words as labels with as
select 1 as select, 2 as from, 3 as where, 4 as group, 5 as order, 6 as table, 7 as user, 8 as end

-- name: names beyond ascii
SELECT größe, 価格 * 1.19 AS "mit MwSt €", наименование, température FROM größentabelle ORDER BY 価格

-- name: aliases beyond ascii
select p.list_price as preis_in_€, p.name as 名前, p.sku as ключ from product as p

-- name: emoji
select '👍🏽' as "🦄", length('👨‍👩‍👧'), E'\U0001F44D' as 👍

-- name: upper case folds
SELECT STORE_ID, Store.Name FROM RETAIL.STORE WHERE "store_id" = 1

-- name: numbers
select 1, .5, 5., 1e10, 1.5E-3, 1e+2, 0.1::float4, -1, +1, - -1, 007

-- name: numbers of today
-- needs: 16
select 1_000_000, 0x1F, 0b1010, 0o17, 1_0.5_0

-- name: numbers beside words and brackets
select 1 where(1)in(1,2)and 3>(2)or'a'='b'

-- name: operators without spaces
select 1+-1,2*-3,4--5
  ,5-(-6),7!=8,9<>10,11>=-12,13<-14,array[1]@>array[1],'a'||'b','{"a":1}'::jsonb->'a'

-- name: operators of schemas
select 1 operator(pg_catalog.+) 2, 'abc' operator(pg_catalog.~) '^a', operator(pg_catalog.-) 5

-- name: question marks
select '{"a": 1}'::jsonb ? 'a', '{"b": 1}'::jsonb ?| '{a,b}', '{"a": 1}'::jsonb ?& array['a'],
       '{"a": [1]}'::jsonb @? '$.a', 'why? ' || '?'

-- name: colons, slices and casts
select (array[1, 2, 3])[1:2], (array[1, 2, 3])[:2]::text[], 1::int::text, '12:30'::time, 'a'::"char"

-- name: named arguments
select make_interval(hours => 2, mins => 30), net(price => 10, discount => 5), net(10,
       discount := 20),
       net(discount => 1, price => 2)

-- name: variadic
select concat_ws('-', variadic array['a', 'b']), jsonb_extract_path_text('{"a": {"b": 1}}', variadic
  '{a,b}'), least(1, 2), greatest(variadic_name, 2) from (values (1)) v (variadic_name)

-- name: semicolons at the end
select 1 as done ; ;
;

-- name: semicolon in front
;with t as (select 1 as x) select x from t

-- name: parentheses in front
((((select 1)) union (select 2)))

-- name: white space of every kind
select	1
	,
2

-- name: everything in one line without spaces
select(1)as"a",(select(2))as"b",array[(3)]from(values(1))v where(true)and(not(false))

-- name: strings that look like sql
select 'select set_config(''a'', ''b'', false)', 'nextval', '; drop table sale; --', '/*', '*/' as x

-- name: three part names
select s.name, retail.store.store_id from retail.store, postgres.retail.store as s limit 1

-- name: schema qualified functions and types
select pg_catalog.now() is null, pg_catalog.upper('a'), '1'::pg_catalog.int4, public.st_x(location),
       retail.net(5) from retail.store

-- name: star of an alias and of a row
select s.*, s from store s where s is not null limit 1

-- name: very long name
select 1 as a_name_of_exactly_sixty_three_characters_is_the_longest_one_yet_ok

-- name: long list
select count(*) from sale where sale_id in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
       17,
  18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41,
    42)

-- name: boolean chain
select count(*) from sale where not (status = 'paid' and (channel = 'web' or channel = 'phone')) or
  (coupon is null) = true and not customer_id is null and true is not unknown
