-- setter [rows of others]: a function that sets who asks
with x as materialized (select shop.become('b')) select a.* from x, shop.account a
-- setter_by_escape [rows of others]: the same, its name escaped
with x as materialized (select shop.U&"\0062ecome"('b')) select a.* from x, shop.account a
-- setter_by_parameter [rows of others]: the same for a parameter
-- params: ["b"]
with x as materialized (select shop.become($1)) select a.* from x, shop.account a
-- operator [rows of others]: an operator that sets who asks
with x as materialized (select 'b' operator(shop.===) 'b') select a.* from x, shop.account a
-- domain [rows of others]: a domain whose check sets who asks
with x as materialized (select 'b'::shop.tenant) select a.* from x, shop.account a
-- domain_by_validity [rows of others]: the same without a cast
with x as materialized (select json_populate_record(null::shop.tenant_row, '{"t":"b"}')) select a.* from x, shop.account a
-- cast [rows of others]: a cast that sets who asks
with x as materialized (select 'b'::text::shop.identity) select a.* from x, shop.account a
-- text_runner [rows of others]: a function that runs a text
with x as materialized (select shop.run('select set_config(''app.tenant'', ''b'', true)')) select a.* from x, shop.account a
-- text_runner_that_stays: a text that sets for the session
select shop.run('select set_config(''app.stray'', ''left'', false)')
-- text_runner_that_notifies: a text that sends a message
select shop.run('select pg_notify(''drawbridge_listener'', ''left'')::text')
-- text_runner_that_writes: a text that writes
select shop.run('insert into shop.account values (0, ''a'', ''x'') returning id')
-- text_runner_that_commits: a text that ends the transaction
select shop.run('commit')
-- owner_function [rows of others]: a function with its owner's rights
select * from shop.accounts_of('b')
-- owner_view [rows of others]: a view with its owner's rights
table shop.every_account
-- lock_function [lock]: a function that locks for the session
select shop.hold(4711)
