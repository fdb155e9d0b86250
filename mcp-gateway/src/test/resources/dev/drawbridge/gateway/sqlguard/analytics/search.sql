-- name: matches
select sku from product where search @@ to_tsquery('english', 'hike & boot')

-- name: web search with rank
SELECT p.sku, ts_rank(p.search, q) AS rank
FROM product p, websearch_to_tsquery('english', '"light durable" -kitchen or boots') q
WHERE p.search @@ q ORDER BY rank DESC LIMIT 10

-- name: plain and phrase queries
select plainto_tsquery('english', 'The fat boots'), phraseto_tsquery('english', 'durable item')

-- name: headline
select ts_headline('english', description, to_tsquery('mountain | kitchen'),
         'StartSel=<b>, StopSel=</b>, MaxWords=12, MinWords=4') from product

-- name: operators of queries
select 'fat & (rat | !cat)'::tsquery && 'dog:*'::tsquery || !!'cow'::tsquery,
       to_tsquery('a') <-> to_tsquery('simple', 'b'), 'x'::tsquery @> 'x'::tsquery

-- name: distance operator in text
select to_tsvector('simple', 'one two three') @@ 'one <2> three'::tsquery

-- name: weights
select setweight(to_tsvector('boot'), 'B') || 'cat:3A'::tsvector, strip(search),
       ts_rank_cd('{0.1, 0.2, 0.4, 1.0}', search, 'boot', 32) from product

-- name: lexemes of a document
select p.sku, u.lexeme, u.positions, u.weights from product p, unnest(p.search) u limit 20

-- name: commonest lexemes
select lexeme, count(*) from product, lateral unnest(tsvector_to_array(search)) as lexeme
 group by lexeme order by count(*) desc, lexeme limit 10

-- name: filter by weight
select ts_filter(search, '{a}'), length(search), ts_delete(search, 'boot') from product

-- name: debug of the parser
select alias, token, lexemes from ts_debug('english', 'mountain-tested boots')

-- name: dictionaries and parsers
select ts_lexize('english_stem', 'running'), numnode('a & b'::tsquery), querytree('!a'::tsquery)

-- name: json as a document
select jsonb_to_tsvector('english', attributes, '["string", "numeric"]'),
       to_tsvector('simple', attributes) from product limit 2

-- name: configurations at hand
select cfgname, prsname from pg_ts_config c join pg_ts_parser p on p.oid = c.cfgparser
