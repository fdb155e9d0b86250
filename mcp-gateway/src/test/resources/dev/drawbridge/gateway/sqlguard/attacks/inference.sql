-- estimate [count of all rows]: how many rows all have together
select reltuples::int from pg_class where oid = 'shop.account'::regclass
-- plan: how many rows are expected
explain select * from shop.account
-- plan_with_times [count of all rows]: how many rows the policy took away
explain analyze select * from shop.account
-- error_by_division: fails if there is such a row
select 1 / (case when secret like 'can%' then 0 else 1 end) from shop.account
-- error_by_cast: shows a value in an error
select secret::int from shop.account where secret <> 'own'
-- error_by_leaky_order: before the policy is asked
select * from shop.account where secret::int = 1 and tenant = 'b'
-- whole_row: as text
select a::text from shop.account a
-- constraint: whether a key is taken
with x as (insert into shop.account values (4000, 'a', 'x') returning id) select id from x
-- sample: pages instead of rows
select * from shop.account tablesample system (100)
-- hidden_columns: of all rows
select ctid, xmin, secret from shop.account
-- one_page: by address
select secret from shop.account where ctid = '(20,1)'
-- aggregate: over all
select max(secret), count(*) from shop.account
-- minimum_by_index: by index
select max(id) from shop.account where id > 10
