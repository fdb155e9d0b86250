-- Who is asking comes as transaction-local settings, and an empty or unknown role sees nothing.
-- Only the policy of stores knows the roles: the others ask which stores are visible, once for a
-- statement (an uncorrelated subselect), and compare an indexed column with the answer.

alter table retail.stores enable row level security;
alter table retail.customers enable row level security;
alter table retail.orders enable row level security;
alter table retail.order_items enable row level security;

create policy stores_by_identity on retail.stores for select using (
  case (select current_setting('app.retail_role', true))
    when 'head_office' then true
    when 'regional_manager' then region = (select current_setting('app.region', true))
    when 'store_manager' then id::text = (select current_setting('app.store_id', true))
    else false
  end
);

create policy customers_by_visible_store on retail.customers for select using (
  store_id = any (array(select s.id from retail.stores s))
);

create policy orders_by_visible_store on retail.orders for select using (
  store_id = any (array(select s.id from retail.stores s))
);

create policy order_items_by_visible_store on retail.order_items for select using (
  store_id = any (array(select s.id from retail.stores s))
);
