-- query_to_xml: runs a text
query_to_xml('select secret from shop.account', true, true, '')
-- query_to_xml_that_locks [lock]: locks in a text
query_to_xml('select pg_try_advisory_lock(4711)', true, true, '')
-- query_to_xmlschema: runs a text
query_to_xmlschema('select pg_try_advisory_lock(4711)', true, true, '')
-- query_to_xml_and_xmlschema [lock]: runs a text
query_to_xml_and_xmlschema('select pg_try_advisory_lock(4711)', true, true, '')
-- cursor_to_xml: reads a cursor
cursor_to_xml('drawbridge_page', 10, true, true, '')
-- table_to_xml: reads a table by its name
table_to_xml('shop.account', true, true, '')
-- schema_to_xml: reads a schema by its name
schema_to_xml('shop', true, true, '')
-- database_to_xml: reads everything
database_to_xml(true, true, '')
-- ts_stat [lock]: runs a text for its statistics
ts_stat('select to_tsvector(pg_try_advisory_lock(4711)::text)')
-- ts_stat_with_weights [lock]: the same by the other form
ts_stat('select to_tsvector(pg_try_advisory_lock(4711)::text)', 'a')
-- ts_rewrite [lock]: runs a text that rewrites a query
ts_rewrite('a & b'::tsquery, 'select ''a''::tsquery, to_tsquery(pg_try_advisory_lock(4711)::text)')
-- crosstab: runs a text
crosstab('select pg_try_advisory_lock(4711), ''x'', ''y''')
-- crosstab_two: runs two texts
crosstab2('select pg_try_advisory_lock(4711), ''x'', ''y''')
-- connectby: builds a text from its arguments
connectby('shop.account', 'id', 'id', '1', 0)
-- dblink: opens a session of its own
dblink('host=127.0.0.1 user=postgres', 'create table pwned ()')
-- dblink_exec: runs in a session of its own
dblink_exec('host=127.0.0.1 user=postgres dbname=postgres', 'create table pwned ()')
-- dblink_connect: leaves a connection to the next caller
dblink_connect('left', 'host=127.0.0.1 user=postgres dbname=postgres')
-- dblink_send_query: runs later
dblink_send_query('left', 'create table pwned ()')
-- xpath_table: builds a text from its arguments
xpath_table('id', 'secret', 'shop.account', '/a', 'true')
-- by_parameter: the text comes as a parameter
-- params: ["select pg_try_advisory_lock(4711)"]
query_to_xml($1, true, true, '')
-- execute: by command
execute p
-- do: by command
do $$ begin perform set_config('app.stray', 'left', false); end $$
