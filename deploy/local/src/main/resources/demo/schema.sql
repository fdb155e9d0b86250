create schema retail;

create table retail.stores (
  id            integer not null,
  name          text    not null,
  city          text    not null,
  region        text    not null,
  opened_on     date    not null,
  square_meters integer not null
);

create table retail.products (
  id          integer        not null,
  sku         text           not null,
  category    text           not null,
  brand       text           not null,
  name        text           not null,
  description text           not null,
  price       numeric(10, 2) not null,
  cost        numeric(10, 2) not null,
  launched_on date           not null
);

create table retail.product_embeddings (
  product_id integer not null,
  embedding  real[]  not null
);

create table retail.customers (
  id                integer not null,
  store_id          integer not null,
  first_name        text    not null,
  last_name         text    not null,
  email             text    not null,
  phone             text    not null,
  city              text    not null,
  birth_year        integer not null,
  loyalty_tier      text    not null,
  marketing_consent boolean not null,
  joined_on         date    not null
);

create table retail.orders (
  id           bigint         not null,
  store_id     integer        not null,
  customer_id  integer        not null,
  status       text           not null,
  channel      text           not null,
  ordered_at   timestamptz    not null,
  item_count   integer        not null,
  total_amount numeric(12, 2) not null
);

create table retail.order_items (
  order_id         bigint         not null,
  line_no          integer        not null,
  store_id         integer        not null,
  product_id       integer        not null,
  quantity         integer        not null,
  unit_price       numeric(10, 2) not null,
  discount_percent integer        not null,
  line_total       numeric(12, 2) not null
    generated always as (round(quantity * unit_price * (100 - discount_percent) / 100, 2)) stored
);

create function retail.cosine_similarity(a real[], b real[]) returns double precision
  language sql immutable strict parallel safe
  set search_path = pg_catalog
  return (
    select sum(x::float8 * y) / nullif(sqrt(sum(x::float8 * x)) * sqrt(sum(y::float8 * y)), 0)
      from unnest(a, b) as pair(x, y)
     where cardinality(a) = cardinality(b)
  );
