-- name: parts of strings
select left(name, 3), right(name, 2), substring(name from 2 for 3), substr(name, 2),
       substring(sku from 'SKU-([A-Z])'), substring(sku similar 'SKU-#"_#"-%' escape '#'),
       overlay(sku placing 'XX' from 5 for 1), split_part(sku, '-', -1), position('-' in sku)
  from product

-- name: trimming and padding
SELECT trim(both ' ' from '  x '), trim(leading from ' x'), trim(trailing 'x' from 'axx'),
       btrim('xyx', 'x'), ltrim(' a'), rtrim('a '), lpad('7', 3, '0'), rpad('a', 4, '.'),
         trim('  b ')

-- name: case and length
select upper(name), lower(name), initcap('the store'), length(name), char_length(name),
       octet_length(name), bit_length('a'), reverse(name), ascii('é'),
         chr(8364) from customer limit 3

-- name: concatenation
select 'a' || 1 || true, concat('a', null, 1), concat_ws(', ', city, country, null), repeat('-', 5)
  from customer limit 3

-- name: format
select format('%s has %s of %I, %L; %%, %2$s', name, city, 'Weird Name', 'it''s'),
       format('%-10s|%5s', 'a', 'b') from customer limit 2

-- name: like with escapes
select count(*) from product where name like '%!%%' escape '!' or name not like '\_%'
    or name ilike 'HIKING%' or sku ~~ 'SKU-A%' or sku !~~* '%z'

-- name: similar to
select sku from product where sku similar to 'SKU-(A|B)-0[0-9]{3}' and sku not similar to '%9'

-- name: regular expressions
select sku from product where sku ~ '^SKU-[A-C]-\d{4}$' and name !~* 'tent|pan' and name ~*
       '\mboot\M'

-- name: regex functions
-- needs: 15
select regexp_replace(sku, '(\w+)-(\w)-0*(\d+)', '\2\3 of \1'), regexp_match(sku, '-(.)-'),
       regexp_split_to_array('a1b22c', '\d+'), regexp_count(sku, '\d'), regexp_instr(sku, '\d'),
       regexp_substr(sku, '[A-Z]+', 1, 2), regexp_like(name, 'KNIFE', 'i') from product

-- name: all matches as rows
select (regexp_matches('k1=v1; k2=v2', '(\w+)=(\w+)', 'g'))[1] as key

-- name: source of a campaign
select substring(path from '[?&]utm_source=([^&#]*)') as source, count(*) from web_event
 group by source

-- name: words
SELECT word, COUNT(*) FROM product,
  regexp_split_to_table(lower(description), '[^[:alpha:]]+') AS word
WHERE word <> '' GROUP BY word ORDER BY 2 DESC, 1 LIMIT 10

-- name: casts of every form
select cast(list_price as integer), list_price::text::varchar(3), numeric '1.50', int4 '7',
       '12'::int8, float8 '1e-3', cast(null as jsonb), 1::bit(4), '{1,2}'::int[], text 'x',
       'store'::channel, double precision '2.5', character varying(2) 'abc', 'pg_class'::regclass
  from product limit 1

-- name: casts as functions
select text(1), int8('5'), "char"(65), float8(2), date('2024-01-01'), "numeric"(12.345)

-- name: numbers as text
select to_char(1234567.891, 'FM9,999,999.00'), to_char(-12, 'S999'), to_char(485, 'RN'),
       to_number('1.234,5', '9G999D9'), to_char(0.5, '990%'), to_hex(255)

-- name: encodings
select encode('abc'::bytea, 'base64'), decode('YWJj', 'base64'), convert_from('\xc3a9', 'UTF8'),
       md5('x'), encode(sha256('x'), 'hex'), '\x00ff'::bytea || '\x01', get_byte('\x0a0b', 1)

-- name: collations
select name from customer order by name collate "C", name collate german_phonebook desc

-- name: comparison by collation
select count(*) from customer a join customer b
    on a.city collate caseless = upper(b.city) collate caseless

-- name: collation of an expression
select 'ä' < 'z' collate "C", max(name collate "C"), pg_collation_for(max(name)) from customer

-- name: case insensitive text
select email, email = 'PERSON3@example.TEST', split_part(email::text, '@', 2) from customer

-- name: unicode
select normalize('é', NFD), 'é' is nfc normalized, unistr('\00e9'), U&'\00e9',
       'ﬁ' is not nfkc normalized,
       translate('Größe', 'öß', 'os')

-- name: quoting
select quote_ident('Order Details'), quote_literal('it''s'), quote_nullable(null)

-- name: hash and split for sampling
select count(*) from customer where abs(hashtext(email::text)) % 10 = 0

-- name: parse identifiers
select parse_ident('retail."Order Details"'), string_to_array('1.2.3', '.')::int[] < '{1,10}'

-- name: first letters
select upper(left(name, 1)) as initial, string_agg(name,
       '; ' order by name) from customer group by 1

-- name: anonymized
select overlay(email::text placing '***' from 2 for 3), left(md5(email::text), 8) from customer

-- name: starts with
select name from product where starts_with(name, 'Dome') or name ^@ 'Hiking'

-- name: to bit strings
select b'1010' & b'0110', x'1F'::int, '101'::bit varying(5) || b'1', bit_count(b'1011'), 5::bit(8)

-- name: guids
select gen_random_uuid() <> visitor_id, visitor_id::text, replace(visitor_id::text, '-', '')
  from web_event limit 2

-- name: duplicates regardless of case
select lower(trim(city)) as city, count(*), array_agg(distinct country)
  from customer where city <> '' group by 1 having count(*) > 1

-- name: current people
select current_user, session_user, user, current_role, current_catalog, current_schema,
       current_schemas(true), current_database(), version()
