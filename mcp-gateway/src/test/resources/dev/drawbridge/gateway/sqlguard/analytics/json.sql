-- name: arrows
select attributes -> 'colour', attributes ->> 'colour', attributes #> '{parts,0}',
       attributes #>> '{parts,0,name}', attributes -> 'sizes' -> -1
  from product

-- name: subscripts
select attributes['parts'][0]['name'], preferences['newsletter'] from product, customer limit 3

-- name: contains
SELECT sku FROM product WHERE attributes @> '{"colour": "red"}' AND '{"eco": true}' <@ attributes

-- name: has a key, any of the keys, all of the keys
select sku from product where attributes ? 'eco' and attributes ?| array['a', 'weight']
   and attributes ?& '{eco,colour}'

-- name: path exists and matches
select sku from product where attributes @? '$.parts[*] ? (@.grams > 500)'
   and attributes @@ '$.weight > 200'

-- name: path query functions
select jsonb_path_query(attributes, '$.parts[*].name'),
       jsonb_path_query_array(attributes, '$.sizes[*] ? (@ >= $min)', '{"min": 40}'),
       jsonb_path_query_first(attributes, 'strict $.parts[last].grams')
  from product

-- name: path with a regex and a date
select jsonb_path_exists('{"d": "2024-05-01", "s": "Abc"}',
         '$ ? (@.s like_regex "^a" flag "i" && @.d.datetime() >= "2024-01-01".datetime())')

-- name: path with arithmetic
select jsonb_path_query_array('[1, 2, 3, {"a": [4]}]', 'lax $[*] ? (@.type() == "number")'),
       jsonb_path_query('{"a": 7, "b": 2}', '($.a * 2 - $.b) / 3 % 5')

-- name: delete and concatenate
select attributes - 'parts', attributes - '{eco,weight}'::text[], attributes #- '{parts,0}',
       attributes || '{"seen": true}', preferences || '{}' || jsonb_build_object('id', customer_id)
  from product, customer limit 2

-- name: set and insert in memory
select jsonb_set(attributes, '{colour}', '"black"'), jsonb_insert(attributes, '{sizes,0}', '30'),
       jsonb_set_lax(attributes, '{eco}', null, true, 'delete_key')
  from product

-- name: each
select p.sku, e.key, e.value, jsonb_typeof(e.value) from product p, jsonb_each(p.attributes) e

-- name: keys in use
select key, count(*) from product cross join lateral jsonb_object_keys(attributes) as key
 group by key order by count(*) desc

-- name: array elements with their place
select p.sku, part.item ->> 'name' as part, (part.item ->> 'grams')::numeric / 1000 as kg, part.no
  from product p
 cross join lateral jsonb_array_elements(p.attributes -> 'parts') with ordinality as part (item, no)

-- name: records
select p.sku, r.* from product p,
       jsonb_to_recordset(p.attributes -> 'parts') as r (name text, grams int)

-- name: record with a nested column
select * from jsonb_to_record('{"a": 1, "b": {"c": [1, 2]}}') as t (a int, b jsonb)

-- name: populate a row type
select (jsonb_populate_record(null::address, '{"street": "1 Way", "town": "X"}')).town

-- name: build
select json_build_object('id', product_id, 'tags', tags, 'price', list_price),
       jsonb_build_array(1, 'a', null, now() > '2020-01-01'), json_object('{a,1,b,2}')
  from product limit 1

-- name: nested document of a sale
SELECT jsonb_pretty(jsonb_build_object(
  'sale', s.sale_id,
  'lines', (SELECT jsonb_agg(to_jsonb(l) - 'sale_id' ORDER BY line_no)
            FROM sale_line l WHERE l.sale_id = s.sale_id)))
FROM sale s WHERE s.sale_id = 7

-- name: row to json
select row_to_json(t, true) from (select sku, list_price from product limit 2) t

-- name: strip nulls
select json_strip_nulls('{"a": null, "b": 1}'), jsonb_strip_nulls(to_jsonb(c)) from customer c

-- name: lengths and types
select jsonb_array_length(attributes -> 'sizes'), pg_column_size(attributes), json_typeof('[]')
  from product

-- name: comparison of documents
select count(*) from product where attributes -> 'weight' > '500' and attributes <> 'null'

-- name: cast of scalars
select (attributes -> 'eco')::bool, (attributes -> 'weight')::int, ('"x"'::jsonb #>> '{}')
  from product

-- name: group by a field
select payload -> 'ab' ->> 'group' as variant, count(*), avg((payload ->> 'ms')::numeric)
  from web_event group by 1

-- name: tags that appear in a document and an array
select sku from product p where exists (
  select from jsonb_array_elements_text(p.attributes -> 'sizes') as s (v)
   where s.v::int = any (p.sizes))

-- name: exists in a list of a document
select name from customer where preferences -> 'topics' ? 'boots'

-- name: recursive walk through a document
with recursive walk (path, node) as (
  select '$'::text, attributes from product where product_id = 1
  union all
  select w.path || '.' || e.key, e.value
    from walk w cross join lateral jsonb_each(
         case jsonb_typeof(w.node) when 'object' then w.node else '{}' end) e)
select path, jsonb_typeof(node) from walk

-- name: text of json with quotes and braces
select '{"q": "it''s; -- not a comment /* nor this */"}'::jsonb ->> 'q'

-- name: aggregate into an object of counts
select jsonb_object_agg(channel, n) from (select channel, count(*) n from sale group by 1) t

-- name: is json
-- needs: 16
select '{"a": 1}' is json object, '[1' is not json, '{"a": 1, "a": 2}' is json with unique keys

-- name: standard constructors
-- needs: 16
select json_object('a': 1, 'b' value null absent on null), json_array(1, 2, null null on null),
       json_arrayagg(name order by name returning jsonb) from store

-- name: object aggregate of the standard
-- needs: 16
select json_objectagg(sku value list_price absent on null with unique keys) from product

-- name: record with a collation
select x.a from json_to_record('{"a": "b"}') as x(a text collate "C")
