comment on schema retail is 'A retail company with stores in four regions, from 2024-11-01 to 2026-10-31.';

comment on table retail.stores is 'Shops of the company. Row-level security: a store manager sees one, a regional manager those of a region, head office all.';
comment on column retail.stores.id is 'Store number.';
comment on column retail.stores.name is 'Name of the shop, after its street or district.';
comment on column retail.stores.city is 'City that the shop stands in.';
comment on column retail.stores.region is 'Sales region: East, North, South or West.';
comment on column retail.stores.opened_on is 'Day of the opening.';
comment on column retail.stores.square_meters is 'Sales area in square metres.';

comment on table retail.products is 'The catalogue; everyone may read it.';
comment on column retail.products.id is 'Product number.';
comment on column retail.products.sku is 'Stock keeping unit, the number on the label.';
comment on column retail.products.category is 'Department: Outdoor, Kitchen, Electronics, Home, Clothing, Sports, Toys, Beauty, Garden or Pets.';
comment on column retail.products.brand is 'Brand name.';
comment on column retail.products.name is 'Name as shown to customers.';
comment on column retail.products.description is 'One or two sentences for customers.';
comment on column retail.products.price is 'List price in US dollars, before discounts.';
comment on column retail.products.cost is 'Purchase price in US dollars.';
comment on column retail.products.launched_on is 'First day on sale.';

comment on table retail.product_embeddings is 'Meaning of each product''s name and description as a vector, for semantic search.';
comment on column retail.product_embeddings.product_id is 'The product; see products.id.';
comment on column retail.product_embeddings.embedding is 'Unit vector of 384 numbers by all-MiniLM-L6-v2; compare with retail.cosine_similarity.';

comment on table retail.customers is 'Registered customers. Row-level security by the store that they belong to.';
comment on column retail.customers.id is 'Customer number.';
comment on column retail.customers.store_id is 'Store where the customer is registered and buys; see stores.id.';
comment on column retail.customers.first_name is 'Given name.';
comment on column retail.customers.last_name is 'Family name.';
comment on column retail.customers.email is 'Email address, unique; personal data.';
comment on column retail.customers.phone is 'Telephone number; personal data.';
comment on column retail.customers.city is 'City of residence.';
comment on column retail.customers.birth_year is 'Year of birth.';
comment on column retail.customers.loyalty_tier is 'Loyalty programme: bronze, silver, gold or platinum.';
comment on column retail.customers.marketing_consent is 'Whether the customer agreed to receive advertising.';
comment on column retail.customers.joined_on is 'Day of registration.';

comment on table retail.orders is 'Purchases of two years, in shops and online. Row-level security by store.';
comment on column retail.orders.id is 'Order number, ascending in time.';
comment on column retail.orders.store_id is 'Store that sold; see stores.id.';
comment on column retail.orders.customer_id is 'Customer who bought; see customers.id.';
comment on column retail.orders.status is 'placed, shipped, delivered, returned or cancelled. Revenue counts neither returned nor cancelled orders.';
comment on column retail.orders.channel is 'in_store, online or pickup.';
comment on column retail.orders.ordered_at is 'When the order was placed.';
comment on column retail.orders.item_count is 'Number of lines in order_items.';
comment on column retail.orders.total_amount is 'Sum of the lines in US dollars, after discounts.';

comment on table retail.order_items is 'Lines of the orders. Row-level security by store.';
comment on column retail.order_items.order_id is 'The order; see orders.id.';
comment on column retail.order_items.line_no is 'Number of the line within its order, from 1.';
comment on column retail.order_items.store_id is 'Store that sold, the same as the order''s; repeated so that the policy needs no join.';
comment on column retail.order_items.product_id is 'Product that was sold; see products.id.';
comment on column retail.order_items.quantity is 'How many pieces.';
comment on column retail.order_items.unit_price is 'List price of one piece in US dollars at the time of sale.';
comment on column retail.order_items.discount_percent is 'Discount on the line, 0 to 100.';
comment on column retail.order_items.line_total is 'quantity * unit_price less the discount, in US dollars.';

comment on function retail.cosine_similarity(real[], real[]) is 'Similarity of two vectors from -1 to 1, null if their lengths differ; needs no extension.';
