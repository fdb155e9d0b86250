-- name: xml table
select p.product_id, x.*
  from product p,
       xmltable('/spec' passing p.specification columns
         id int path '@id', material text path 'material', size numeric path 'size',
         unit text path 'size/@unit' default 'cm') as x

-- name: xml table with a namespace
SELECT t.* FROM XMLTABLE(
  XMLNAMESPACES('http://example.test/a' AS a),
  '/a:r/a:v' PASSING XMLPARSE(DOCUMENT '<r xmlns="http://example.test/a"><v>1</v><v>2</v></r>')
  COLUMNS n FOR ORDINALITY, v int PATH '.') t

-- name: xpath
select xpath('/spec/size/text()', specification), xpath_exists('/spec[@id="3"]', specification)
  from product

-- name: first text of an xpath
select (xpath('//material/text()', specification))[1]::text as material, count(*)
  from product group by 1

-- name: elements
select xmlelement(name product, xmlattributes(sku as code, list_price), name,
         xmlelement(name "Cost & more", cost)) from product

-- name: forest and concatenation
select xmlconcat(xmlforest(sku, name as title), xmlcomment('end')) from product limit 3

-- name: serialize and document tests
select xmlserialize(document specification as text), specification is document,
       xmlserialize(content xmlelement(name a) as varchar) from product limit 2

-- name: well formed
select xml_is_well_formed('<a>'), xml_is_well_formed_document('<a/>'),
       xmlexists('//a' passing '<a/>')

-- name: root and processing instruction
select xmlroot(xmlparse(content '<a/>'), version '1.0', standalone yes), xmlpi(name php, 'echo')

-- name: entities in text
select xmlelement(name v, 'a < b & c > d ; -- "quoted"')::text

-- name: lateral table with a required column
select s.name, x.* from store s,
       lateral xmltable('/a' passing xmlelement(name a, xmlattributes(s.store_id as b))
                        columns b int path '@b' not null) x

-- name: indented
-- needs: 16
select xmlserialize(document xmlparse(document '<a><b/></a>') as text indent)
