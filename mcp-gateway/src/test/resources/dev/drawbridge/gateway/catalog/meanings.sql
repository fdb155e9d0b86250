-- One of everything whose meaning only the catalog knows.
create extension "uuid-ossp";
create extension pgcrypto;
create extension postgres_fdw;
create role owner nologin;
create role agent login password 'agent';
create schema app authorization owner;
create schema aside authorization owner;
grant usage on schema app, aside to agent;
alter role agent set search_path = app, public;
create server far foreign data wrapper postgres_fdw options (host '127.0.0.1');
grant usage on foreign server far to owner;

set role owner;
set search_path = app, public;
alter default privileges in schema app, aside grant select on tables to agent;
create table ledger (id int, mine text, note text);
alter table ledger enable row level security;
create policy mine on ledger using (mine = current_setting('app.who', true));
create table plain (id int);
create table aside.table_of_others (id int);
create type ledger_row as (id int, note text);

create function steady(int) returns int immutable language sql as 'select $1';
create function stepwise(n int) returns int stable language plpgsql as
  $$ declare x int; begin select count(*) into x from plain; return x + n; end $$;
create function total(int, int default 0) returns int immutable language sql return $1 + $2;
create function auth_uid() returns text stable language sql as
  $$ select current_setting('request.jwt.claims', true)::jsonb ->> 'sub' $$;
create function reads_ledger() returns bigint stable language sql as
  'select count(*) from ledger';
create function volatile_one(int) returns int language sql as 'select $1';
create function as_owner(int) returns int stable security definer language sql as 'select $1';
create function liar(int) returns text stable language sql as
  $$ select set_config('app.who', 'b', true) $$;
create function runner(command text) returns int stable language plpgsql as
  $$ begin execute command; return 1; end $$;
create function quiet_setter(int) returns int stable language plpgsql as
  $$ begin set local app.who = 'b'; return 1; end $$;
create function hider(int) returns text stable language sql as
  $$ select U&"set\005fconfig"('app.who', 'b', true) $$;
create function rewriter(text) returns tsquery stable language sql as
  $$ select ts_rewrite('a'::tsquery, $1) $$;
create function caller_of_liar(int) returns text stable language sql as 'select liar($1)';
create function by_default(text default set_config('app.who', 'b', true)) returns text
  stable language sql as 'select $1';
create aggregate sum_up (int) (sfunc = int4pl, stype = int, initcond = 0);
create aggregate collect (text, boolean) (sfunc = set_config, stype = text, initcond = 'app.who');
create function many(int) returns int immutable language sql as 'select $1';
create function many(int, int) returns int volatile language sql as 'select $1';
create function many(int, int, int) returns int immutable language sql as 'select $1';
create function spread(variadic int[]) returns int volatile language sql as 'select 1';
create function aside.log(int) returns int volatile language sql as 'select $1';

create operator ~~~ (function = total, leftarg = int, rightarg = int);
create operator @@@ (function = pg_try_advisory_lock, leftarg = int, rightarg = int);
create function user_of_operator(int) returns boolean stable language sql as 'select $1@@@2';
create domain short as text check (length(value) < 10);
create domain percent as int check (value between 0 and 100);
create domain becoming as text check (set_config('app.who', value, true) is not null);
create type holds_becoming as (b becoming);
create table with_becoming (id int, b becoming);
create function user_of_domain(text) returns text stable language sql as 'select $1::becoming';
create function takes_domain(becoming) returns text immutable language sql as 'select $1';
create type coat as (size int);
create table coats (id int, coat coat);
create function coat_of(int) returns coat volatile language sql as 'select row($1)::coat';
create cast (int as coat) with function coat_of(int) as implicit;

create view every_row as select * from ledger;
create view over_every_row as select id from every_row;
create view own_rows with (security_invoker) as select * from ledger;
create view open_view as select id from plain;
create view of_today as select id from plain where id < extract(day from current_date);
create view over_today as select id from of_today;
create view guessed as select id, random() as chance from plain;
create view calls_liar as select liar(id) from plain;
create view shows_statements as select query from pg_stat_activity;
create materialized view kept_rows as select * from ledger;
create table parted (id int, mine text) partition by list (mine);
alter table parted enable row level security;
create policy mine on parted using (mine = current_setting('app.who', true));
create table policed_child partition of parted for values in ('a');
create table of_policed_child partition of parted for values in ('b');
alter table of_policed_child enable row level security;
create table parent_of_policed (id int, mine text);
create table own_child () inherits (parent_of_policed);
alter table own_child enable row level security;
create foreign table far_away (id int) server far;
grant select on all tables in schema app to agent;

reset role;
create function app.configured(int) returns bigint stable language sql set app.who = 'b' as
  'select count(*) from app.ledger';
alter function app.configured(int) owner to owner;
create schema drawbridge;
grant usage on schema drawbridge to agent;
create function drawbridge.claims() returns jsonb stable security definer language sql as
  $$ select '{"tenant": "a"}'::jsonb $$;
create function drawbridge.tenant() returns text stable language sql as
  $$ select drawbridge.claims() ->> 'tenant' $$;
create view app.of_tenant as select * from app.plain where drawbridge.tenant() = 'a';
grant select on app.of_tenant to agent;

create function app.still_open(timestamptz) returns boolean stable language sql as
  'select $1 > now()';
create function app.who_asks() returns text stable language sql as
  $$ select nullif(current_setting('app.who', true), '') $$;
create table app.until_then (id int, until timestamptz);
create policy open on app.until_then using (until > now());
create table app.until_by_function (id int, until timestamptz);
create policy open on app.until_by_function using (app.still_open(until));
create table app.until_by_table (id int);
create policy open on app.until_by_table using (id in (select u.id from app.until_then u));
create table app.asked_by_function (id int, mine text);
create policy mine on app.asked_by_function using (mine = app.who_asks() or mine = current_user);
do $$ declare t text; begin
  foreach t in array '{until_then,until_by_function,until_by_table,asked_by_function}'::text[] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('grant select on app.%I to agent', t);
  end loop;
end $$;
