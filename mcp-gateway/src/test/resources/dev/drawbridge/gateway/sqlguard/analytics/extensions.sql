-- name: similar names
select name, similarity(name, 'hikking bot') as s from product
 where name % 'hikking bot' or similarity(name, 'hiking') > 0.2 order by s desc

-- name: nearest by trigrams
SELECT name, name <-> 'dome tint' AS distance FROM product ORDER BY name <-> 'dome tint' LIMIT 5

-- name: word similarity
select name from product where 'boots' <% name or 'boot' <<% name or name %> 'knife' or name %>>
       'pan'

-- name: word distances
select name, 'boot' <<-> name, name <->> 'boot', 'boot' <<<-> name, name <->>> 'boot' from product

-- name: trigrams
select show_trgm('boot'), word_similarity('boot', 'boots'), strict_word_similarity('a b', 'b c'),
       show_limit()

-- name: edit distance
select name, levenshtein(lower(name), 'fryng pan'), levenshtein_less_equal(name, 'x',
       3) from product

-- name: sounds
select soundex('Smith'), difference('Smith', 'Smyth'), metaphone('Thompson', 4), dmetaphone('Zoe')

-- name: without accents
select unaccent(name), name from customer where unaccent(name) ilike 'zoe%'

-- name: key value pairs
select contact -> 'phone', contact ? 'fax', contact @> 'phone=>1', akeys(contact),
       contact - 'fax'::text,
       hstore_to_json(contact), contact || 'a=>b'::hstore, (each(contact)).key from customer limit 4

-- name: paths of categories
select name, path, nlevel(path), subpath(path, 0, 1), path <@ 'all.outdoor',
       path ~ '*.tents'::lquery,
       path @ 'outdoor & !boots'::ltxtquery, lca(path, 'all.kitchen') from category

-- name: products below a category
select count(*) from product join category c using (category_id) where c.path <@
       'all.outdoor'::ltree

-- name: integer array query
select sku from product where sizes @@ '40 & (37 | 38) & !99'::query_int

-- name: nearest stores
select name, st_distance(location, st_setsrid(st_makepoint(4.5, 48.7), 4326)) as away
  from store order by location <-> st_makepoint(4.5, 48.7) limit 3

-- name: stores within reach
SELECT s.name FROM store s
WHERE ST_DWithin(s.location::geography::geometry, ST_MakePoint(3, 48.5)::geometry, 2.0)

-- name: stores in a map window
select name, st_astext(location), st_asgeojson(location)::json -> 'coordinates' as lonlat
  from store where st_contains(st_makeenvelope(0, 48, 6, 50, 4326), location)

-- name: pairs of near stores
select a.name, b.name, round(st_distance(a.location, b.location)::numeric, 2)
  from store a join store b on a.store_id < b.store_id and st_dwithin(a.location, b.location, 1.6)

-- name: feature collection
select json_build_object('type', 'FeatureCollection', 'features', json_agg(json_build_object(
         'type', 'Feature', 'geometry', st_asgeojson(st_transform(location, 3857))::json,
         'properties', json_build_object('name', name)))) from store

-- name: centre of all stores
select avg(st_x(location)), avg(st_y(location)), st_area(st_makeenvelope(0, 0, 2, 3,
       4326)) from store

-- name: nearest embeddings
SELECT sku, embedding <-> '[3,1,2]' AS distance FROM product ORDER BY embedding <-> '[3,1,2]'
  LIMIT 5

-- name: cosine similarity
select sku, 1 - (embedding <=> '[1,2,1]'::vector) as similarity from product
 order by embedding <=> '[1,2,1]'::vector limit 3

-- name: inner product
select sku, (embedding <#> '[1,0,2]') * -1 as score, vector_dims(embedding) from product limit 3

-- name: nearest neighbours of each item
select p.sku, n.sku, n.d from product p cross join lateral (
  select q.sku, q.embedding <-> p.embedding as d from product q
   where q.product_id <> p.product_id order by q.embedding <-> p.embedding limit 1) n

-- name: hybrid search
with t as (select product_id, row_number() over (order by ts_rank(search, q) desc) as r
             from product, plainto_tsquery('boot') q where search @@ q),
     v as (select product_id, row_number() over (order by embedding <=> '[1,2,2]') as r from
       product)
select product_id, coalesce(1.0 / (60 + t.r), 0) + coalesce(1.0 / (60 + v.r), 0) as score
  from t full join v using (product_id) order by score desc limit 5

-- name: buckets of time
select time_bucket('1 hour', occurred_at) as hour, kind, count(*) from web_event group by 1, 2

-- name: installed extensions
select e.extname, e.extversion, n.nspname, c.description
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace
  left join pg_description c on c.objoid = e.oid and c.classoid = 'pg_extension'::regclass
 order by 1

-- name: extensions at hand
select name, default_version, installed_version, comment from pg_available_extensions
 where installed_version is not null or name like 'pg%'
