-- name: literals and constructors
select array[1, 2, 3], '{a,"b c",NULL}'::text[], array[[1, 2], [3, 4]], '{}'::int[],
       array(select sku from product order by 1 limit 3), '[0:1]={7,8}'::int[]

-- name: subscripts and slices
select sizes[1], sizes[2:3], sizes[:2], sizes[2:], (array[[1, 2], [3, 4]])[2][1], tags[array_upper(
  tags, 1)] from product

-- name: containment and overlap
select sku from product where tags @> array['sale'] and tags <@ '{sale,new,tag0,tag1,tag2}'
   and sizes && array[40, 41]

-- name: unnest with ordinality
select p.sku, t.* from product p cross join unnest(p.tags, p.sizes) with ordinality as t (tag,
       size, n)

-- name: tag counts
SELECT tag, COUNT(*) FROM product, UNNEST(tags) AS tag GROUP BY tag ORDER BY 2 DESC

-- name: positions, lengths, dimensions
select array_position(sizes, 40), array_positions(sizes, 40), cardinality(tags),
       array_length(tags, 1), array_ndims(array[[1]]), array_dims(sizes), array_lower(sizes, 1)
  from product

-- name: append, prepend, remove, replace
select 0 || sizes || 99, array_append(tags, 'x'), array_prepend('x', tags), array_cat(tags, tags),
       array_remove(tags, 'sale'), array_replace(tags, 'new', 'old'), array_fill(0, array[2, 3])
  from product

-- name: sorted distinct elements
select sku, array(select distinct t from unnest(tags) t order by t) from product

-- name: to text and back
select array_to_string(tags, ', ', '-'), string_to_array('a,b,,c', ',', ''),
       string_to_table('x|y', '|') from product limit 2

-- name: generated subscripts
select i, sizes[i] from product, generate_subscripts(sizes, 1) i where product_id = 4

-- name: intersection by integer arrays
select sizes & array[40, 44], sizes | 50, sizes - 40, uniq(sort(sizes)), idx(sizes, 44),
       sizes @@ '40&44'
  from product

-- name: any, all and comparison
select 3 < all (sizes), 40 = any (sizes), sizes < array[40], sizes <> '{}' from product

-- name: sum of elements
select sku, (select sum(s) from unnest(sizes) as s) as total from product

-- name: array of composites
select array_agg(row(sku, list_price)) from product group by category_id

-- name: multi dimensional unnest
select unnest(array[[1, 2], [3, 4]])

-- name: width bucket over thresholds
select width_bucket(list_price, array[10, 50, 90]::numeric[]), count(*) from product group by 1

-- name: trimmed and shuffled
select trim_array(sizes, 1) from product

-- name: array as a set of pairs
select k, v from unnest('{a,b}'::text[], '{1,2}'::int[]) as p (k, v) where (k, v) <> ('a', 1)

-- name: crossing arrays
select a, b from unnest(array['S', 'M']) a, unnest(array['red', 'blue']) b order by 1, 2
