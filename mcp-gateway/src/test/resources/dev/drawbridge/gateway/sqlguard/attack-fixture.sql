create extension dblink;
create extension tablefunc;
create extension pageinspect;
create extension postgres_fdw;
create role tenant_reader nologin;
create role agent login noinherit password 'agent' in role tenant_reader;
create role careless login password 'careless';
revoke temporary on database postgres from public;
grant create, temporary on database postgres to careless;
create schema shop authorization careless;
grant usage on schema shop to agent, tenant_reader;

set role careless;
create table shop.account (id int primary key, tenant text not null, secret text not null);
insert into shop.account
  select i, case when i <= 10 then 'a' else 'b' end,
         case when i <= 10 then 'own' else 'canary-of-another-tenant' end
    from generate_series(1, 4217) i;
alter table shop.account enable row level security;
alter table shop.account force row level security;
create policy own on shop.account using (tenant = current_setting('app.tenant', true));
grant select, insert, update, delete on shop.account to tenant_reader;
create table shop.of_the_login (secret text);
insert into shop.of_the_login values ('canary-of-the-login');
grant select on shop.of_the_login to agent;
create sequence shop.ticket;
select nextval('shop.ticket');
grant all on sequence shop.ticket to tenant_reader;
create table shop.document (id int, words text[]);
grant select on shop.document to tenant_reader;
insert into shop.document select i, array[i::text] from generate_series(1, 500) i;
create index document_gin on shop.document using gin (words) with (fastupdate = on);
create index document_brin on shop.document using brin (id) with (pages_per_range = 1);
insert into shop.document select i, array[i::text] from generate_series(1, 500) i;
create table shop.note (
  id int primary key, tenant text not null, words text not null, meaning real[] not null);
insert into shop.note
  select i, case when i <= 10 then 'a' else 'b' end,
         case when i <= 10 then 'own' else 'canary-of-another-tenant' end, array[1, i]
    from generate_series(1, 20) i;
alter table shop.note enable row level security;
alter table shop.note force row level security;
create policy own on shop.note using (tenant = current_setting('app.tenant', true));
grant select on shop.note to tenant_reader;
reset role;
analyze shop.account;

create server far foreign data wrapper postgres_fdw options (host '127.0.0.1');
grant usage on foreign server far to tenant_reader, careless;
create user mapping for tenant_reader server far options (user 'far', password 'canary-password');
create user mapping for careless server far options (user 'far', password 'canary-password');
alter role tenant_reader set app.key = 'canary-role-setting';

-- What the owners of databases make for good reasons and a guard cannot see into.
create function shop.become(who text) returns text language sql
  return set_config('app.tenant', who, true);
create function shop.run(command text) returns text language plpgsql as
  $$ declare answer text; begin execute command into answer; return answer; end $$;
create function shop.accounts_of(who text) returns setof shop.account language sql
  security definer as $$ select * from shop.account where tenant = who $$;
create view shop.every_account as select * from shop.account;
create function shop.becomes(who text, whom text) returns bool language sql
  return set_config('app.tenant', whom, true) = who;
create operator shop.=== (function = shop.becomes, leftarg = text, rightarg = text);
create domain shop.tenant as text check (set_config('app.tenant', value, true) is not null);
create type shop.tenant_row as (t shop.tenant);
create type shop.identity as (tenant text);
create function shop.identify(who text) returns shop.identity language sql
  return row(set_config('app.tenant', who, true))::shop.identity;
create cast (text as shop.identity) with function shop.identify(text);
create function shop.hold(key int) returns bool language sql
  return pg_try_advisory_lock(key);
grant select on shop.every_account to tenant_reader, careless;
grant usage on schema public to tenant_reader;
