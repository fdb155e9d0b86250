-- name: json table of parts
-- needs: 17
select p.sku, t.*
  from product p,
       json_table(p.attributes, '$.parts[*]' columns (
         no for ordinality, part text path '$.name', grams int path '$.grams')) as t

-- name: json table with nested columns
-- needs: 17
SELECT t.*
FROM product p, JSON_TABLE(p.attributes, '$' COLUMNS (
  colour text PATH '$.colour',
  NESTED PATH '$.parts[*]' COLUMNS (part text PATH '$.name'),
  NESTED PATH '$.sizes[*]' AS s COLUMNS (size int PATH '$'))) AS t
WHERE p.product_id <= 3

-- name: json table with defaults and existence
-- needs: 17
select * from json_table('[{"a": 1}, {"b": "x"}]'::jsonb, '$[*]' columns (
  a int path '$.a' default -1 on empty null on error,
  has_b boolean exists path '$.b',
  whole jsonb format json path '$'))

-- name: json table with variables
-- needs: 17
select t.size from product, json_table(attributes, '$.sizes[*] ? (@ > $least)'
         passing 39 as least columns (size int path '$') error on error) t

-- name: json value
-- needs: 17
select json_value(attributes, '$.colour'), json_value(attributes, '$.weight' returning numeric),
       json_value(attributes, 'strict $.nothing' default 'none' on empty default 'bad' on error)
  from product

-- name: json query
-- needs: 17
select json_query(attributes, '$.sizes' with wrapper),
       json_query(attributes, '$.parts[0].name' omit quotes),
       json_query(attributes, '$.parts' returning text keep quotes empty array on empty)
  from product

-- name: json exists
-- needs: 17
select sku from product
 where json_exists(attributes, '$.parts[*] ? (@.grams > $x)' passing 1500 as x false on error)

-- name: constructors of a document
-- needs: 17
select json('{"a": 1}' with unique keys), json_scalar(1.5),
       json_serialize('{"b": 2}' returning bytea)

-- name: methods in a path
-- needs: 17
select jsonb_path_query('"2024-05-01"', '$.date()'), jsonb_path_query('"12.5"', '$.decimal(4, 1)'),
       jsonb_path_query('"15"', '$.integer() + 1'), jsonb_path_query('1', '$.string()'),
       jsonb_path_query('"true"', '$.boolean()')

-- name: json table joined and grouped
-- needs: 17
select t.part, sum(t.grams) as grams
  from product p
  left join lateral json_table(p.attributes, '$.parts[*]' columns (
         part text path '$.name', grams int path '$.grams')) t on true
 group by t.part order by t.part

-- name: json array of a query
-- needs: 17
select s.name, json_array(select e.name from employee e where e.store_id = s.store_id
                           order by e.name returning jsonb) from store s

-- name: any case of uuid seven
-- needs: 18
select uuid_extract_version(uuidv7()), casefold('Straße'), array_reverse(array[1, 2, 3])

-- name: objects and arrays with all their clauses
-- needs: 16
select json_object('name': name, 'since': null absent on null with unique keys returning jsonb),
       json_array(store_id, null null on null returning jsonb), json_array(1, null absent on null)
  from store

-- name: aggregates of objects and arrays by window
-- needs: 16
select json_arrayagg(name absent on null returning jsonb)
         filter (where store_id > 2) over (partition by store_id % 2),
       json_objectagg(name: store_id null on null with unique keys)
         filter (where store_id > 2) over (partition by store_id % 2)
  from store
