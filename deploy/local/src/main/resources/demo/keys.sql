alter table retail.stores
  add constraint stores_pkey primary key (id);

alter table retail.products
  add constraint products_pkey primary key (id),
  add constraint products_sku_key unique (sku);

alter table retail.product_embeddings
  add constraint product_embeddings_pkey primary key (product_id),
  add constraint product_embeddings_product_fkey
    foreign key (product_id) references retail.products (id),
  add constraint product_embeddings_length_check check (cardinality(embedding) = 384);

alter table retail.customers
  add constraint customers_pkey primary key (id),
  add constraint customers_email_key unique (email),
  add constraint customers_store_fkey foreign key (store_id) references retail.stores (id),
  add constraint customers_loyalty_tier_check
    check (loyalty_tier in ('bronze', 'silver', 'gold', 'platinum'));

alter table retail.orders
  add constraint orders_pkey primary key (id),
  add constraint orders_store_fkey foreign key (store_id) references retail.stores (id),
  add constraint orders_customer_fkey foreign key (customer_id) references retail.customers (id),
  add constraint orders_status_check
    check (status in ('placed', 'shipped', 'delivered', 'returned', 'cancelled')),
  add constraint orders_channel_check check (channel in ('in_store', 'online', 'pickup'));

alter table retail.order_items
  add constraint order_items_pkey primary key (order_id, line_no),
  add constraint order_items_order_fkey foreign key (order_id) references retail.orders (id),
  add constraint order_items_store_fkey foreign key (store_id) references retail.stores (id),
  add constraint order_items_product_fkey foreign key (product_id) references retail.products (id),
  add constraint order_items_quantity_check check (quantity > 0),
  add constraint order_items_discount_percent_check check (discount_percent between 0 and 100);

create index products_category_idx on retail.products (category);
create index customers_store_id_idx on retail.customers (store_id);
create index orders_store_id_ordered_at_idx on retail.orders (store_id, ordered_at);
create index orders_ordered_at_idx on retail.orders (ordered_at);
create index orders_customer_id_idx on retail.orders (customer_id);
create index order_items_store_id_idx on retail.order_items (store_id);
create index order_items_product_id_idx on retail.order_items (product_id);
