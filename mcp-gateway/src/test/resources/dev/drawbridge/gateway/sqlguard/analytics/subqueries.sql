-- name: scalar
select name, list_price - (select avg(list_price) from product) as above from product

-- name: correlated scalar
select s.name, (select count(*) from sale where sale.store_id = s.store_id) as sales from store s

-- name: exists
select name from customer c where exists (select from sale s where s.customer_id = c.customer_id)

-- name: not exists
SELECT p.name FROM product p WHERE NOT EXISTS
  (SELECT 1 FROM sale_line l WHERE l.product_id = p.product_id)

-- name: in and not in
select name from store where store_id in (select store_id from sale)
   and region_id not in (select region_id from region where name like 'C%')

-- name: any and all
select name from product where list_price > all (select unit_price * 0.5 from sale_line)
    or list_price = any (select max(unit_price) from sale_line)

-- name: some
select count(*) from sale where store_id = some (select store_id from store where floor_area > 300)

-- name: any of an array
select name from product where product_id = any (array[1, 2, 3]) and 40 = any (sizes)

-- name: all of an array pattern
select name from product where name like any (array['Hiking%', 'Dome%'])
   and name not ilike all ('{%x%,%y%}')

-- name: row in a subquery
select * from inventory where (store_id, product_id) in (
  select s.store_id, l.product_id from sale s join sale_line l using (sale_id))

-- name: row equal to a subquery
select employee_id from employee
 where (store_id, salary) = (select store_id, max(salary) from employee
                              group by store_id order by store_id limit 1)

-- name: array of a subquery
select c.name, array(select s.sale_id from sale s where s.customer_id = c.customer_id order by 1)
  from customer c

-- name: derived table with column names
select t.a, t.b from (select store_id, count(*) from sale group by store_id) as t (a, b)

-- name: derived table without a name
-- needs: 16
select n from (select count(*) as n from sale)

-- name: subquery in having and order by
select channel, count(*) from sale group by channel
having count(*) > (select count(*) / 10 from sale) order by (select 1), 2

-- name: subquery in limit and offset
select sale_id from sale order by sale_id
 limit (select count(*) / 20 from sale) offset (select 3)

-- name: subquery in case
select name, case when store_id in (select store_id from store where closed_on is not null)
                  then 'closed' else 'open' end
  from employee

-- name: nested five deep
select (select (select (select (select max(sale_id) from sale))))

-- name: correlated twice
select e.name from employee e
 where e.salary = (select max(x.salary) from employee x where x.store_id = e.store_id
                      and exists (select from store s where s.store_id = x.store_id
                                     and s.opened_on <= e.hired_on))

-- name: relational division
select c.customer_id from customer c
 where not exists (select from category k where k.parent_id = 2 and not exists (
   select from sale s join sale_line l using (sale_id) join product p using (product_id)
    where s.customer_id = c.customer_id and p.category_id = k.category_id))

-- name: exists over a union
select 1 where exists (select from store where store_id = 99 union all select from region)

-- name: anti join by except
select customer_id from customer except select customer_id from sale

-- name: whole row of a subquery
select t, t.name, (t).sku from (select sku, name from product limit 2) t

-- name: expansion of a composite
select (s.address).town, (s.address).* from store s

-- name: simple and searched case
select case channel when 'web' then 1 when 'phone' then 2 else 0 end,
       case when coupon is null then 'none' when coupon like 'SPRING%' then 'spring' end
  from sale

-- name: coalesce nullif greatest least
select coalesce(coupon, 'none'), nullif(status, 'open'), greatest(1, sale_id, 3), least(store_id, 4)
  from sale limit 5

-- name: between symmetric and null tests
select sale_id from sale where sale_id between symmetric 20 and 10 and coupon isnull
   and customer_id notnull and (coupon = 'x') is unknown and (status = 'paid') is not false

-- name: is distinct from
select count(*) from sale where coupon is distinct from 'SPRING1' and row(1, null) is not null

-- name: order by nulls and using
select name, city from customer order by city desc nulls last, name using <

-- name: fetch with ties
select product_id, list_price from product order by category_id fetch first 3 rows with ties

-- name: offset before fetch
select sale_id from sale order by 1 offset 10 rows fetch next 5 rows only

-- name: select of nothing
select from sale limit 2

-- name: constant
SELECT 1
