-- insert: a row
insert into shop.account values (0, 'a', 'x') returning id
-- update: rows
update shop.account set secret = 'x' returning id
-- delete: rows
delete from shop.account returning id
-- merge: rows
merge into shop.account a using (values (1)) v(i) on a.id = v.i when matched then delete
-- truncate: rows
truncate shop.account
-- insert_in_cte: behind WITH
with x as (insert into shop.account values (0, 'a', 'x') returning id) select * from x
-- update_in_cte: behind WITH
with x as (update shop.account set secret = 'x' returning id) select * from x
-- delete_in_cte: behind WITH
with x as (delete from shop.account returning id) select * from x
-- delete_in_inner_cte: deeper
with x as (with y as (delete from shop.account returning id) select * from y) select * from x
-- insert_after_cte: the statement itself
with x as (select 0 as i) insert into shop.account select i, 'a', 'x' from x
-- delete_after_cte: the statement itself
with x as (select 1 as i) delete from shop.account using x where id = i
-- select_into: a table
select * into shop.copy from shop.account
-- select_into_temp: a table of the session
select * into temp copy from shop.account
-- select_into_in_cte: hidden
with x as (select 1 as i) select * into shop.copy from x
-- create_table_as: by command
create table shop.copy as select * from shop.account
-- create_temp_table: by command
create temp table account (id int)
-- temp_that_hides: a table of the session before the real one
create temp view account as select 1
-- drop: the table
drop table shop.account cascade
-- alter: the table
alter table shop.account no force row level security
-- grant: to everybody
grant all on shop.account to public
-- policy: away with it
drop policy own on shop.account
-- create_function: for later
create function pg_temp.f() returns int language sql as 'select 1'
-- security_label: a comment that stays
comment on table shop.account is 'left'
-- reassign: everything
reassign owned by current_user to postgres
-- import_schema: from far
import foreign schema public from server far into shop
-- create_server: to reach others
create server other foreign data wrapper postgres_fdw options (host '127.0.0.1')
