-- do_block: a program
do $$ begin execute 'drop table shop.account'; end $$
-- do_that_sets: for the transaction
do $$ begin set local app.tenant = 'b'; end $$
-- call: a procedure
call shop.anything()
-- prepare: for the session
prepare left_behind as select 1
-- execute: what was prepared
execute left_behind
-- deallocate: what we have prepared
deallocate all
-- declare: a cursor
declare c cursor for select * from shop.account
-- declare_with_hold: a cursor that outlives the transaction
declare c cursor with hold for select * from shop.account
-- fetch: of a cursor
fetch all from c
-- move: of our cursor
move forward all in drawbridge_page
-- close: our cursor
close all
-- discard: everything
discard all
-- discard_plans: of the session
discard plans
-- analyze: rewrites statistics
analyze shop.account
-- vacuum: rewrites
vacuum full shop.account
-- cluster: rewrites
cluster shop.account using account_pkey
-- reindex: rewrites
reindex table shop.account
-- refresh: rewrites
refresh materialized view shop.every_account
-- set_constraints: of the transaction
set constraints all deferred
-- create_database: another
create database other
-- create_extension: more functions
create extension if not exists lo
-- publication: to read all writes
create publication p for all tables
