-- Parcels and who sends them: each kind of key, type and function that the tools on tables know.
do $$ begin
  if not exists (select from pg_roles where rolname = 'agent') then
    create role agent login password 'agent-secret';
  end if;
end $$;
create schema mail;
grant usage on schema mail to agent;

create type mail.state as enum ('packed', 'sent', 'lost');

create table mail.person (
  id int primary key,
  name text not null,
  boss int references mail.person);
comment on table mail.person is 'Who sends and gets.';
insert into mail.person values
  (1, 'Ada', null), (2, 'Ben', 1), (3, 'Cleo', 1), (4, 'Dan "D" O''Neil', 2);

create table mail.address (
  person int primary key references mail.person,
  city text not null);
insert into mail.address values (1, 'Riga'), (2, 'Oslo');

create table mail.parcel (
  id int primary key generated always as identity,
  sender int not null references mail.person,
  receiver int constraint parcel_to references mail.person,
  state mail.state not null default 'packed',
  weight numeric(6, 2),
  grams numeric generated always as (weight * 1000) stored,
  fragile boolean,
  tags text[],
  label jsonb,
  due daterange,
  sent timestamptz);
create index parcel_sender on mail.parcel (sender);
insert into mail.parcel (sender, receiver, state, weight, fragile, tags, label, due, sent) values
  (1, 2, 'sent', 1.5, true, '{book,gift}', '{"to": "Ben", "n": 1}', '[2026-01-01,2026-01-05)',
   '2026-01-02 03:04:05+00'),
  (1, 3, 'lost', 12, false, '{glass}', '{"to": "Cleo"}', '[2026-02-01,2026-02-05)', null),
  (2, 1, 'packed', null, null, null, null, null, null),
  (3, null, 'packed', 0.25, false, '{}', '{"to": null}', '[2026-03-01,)', null);

create table mail.line (
  parcel int references mail.parcel,
  no int,
  what text not null,
  pieces int not null,
  primary key (parcel, no));
insert into mail.line values (1, 1, 'novel', 1), (1, 2, 'card', 3), (2, 1, 'vase', 2);

create table mail.mine (id int primary key, owner text, body text);
alter table mail.mine enable row level security;
create policy own on mail.mine using (owner = current_setting('app.owner', true));
insert into mail.mine
select i, case when i % 50 = 0 then 'alice' else 'bob' end, repeat('x', 500)
  from generate_series(1, 5000) i;

create table mail.big (id int primary key, body text);
insert into mail.big select i, repeat('long ', 100) from generate_series(1, 20000) i;

create table mail.log (day date not null, what text) partition by range (day);
create table mail.log_early partition of mail.log for values from ('2025-01-01') to ('2026-01-01');
create table mail.log_late partition of mail.log for values from ('2026-01-01') to ('2027-01-01');
insert into mail.log values ('2025-05-05', 'early'), ('2026-05-05', 'late');

create view mail.heavy as select id, weight from mail.parcel where weight > 1;

-- For filters that are made up: every value, and null, with every other.
create table mail.made (
  id int primary key generated always as identity,
  n int,
  t text collate "C",
  b boolean,
  tags text[]);
insert into mail.made (n, t, b, tags)
select n, t, b, tags
  from unnest(array[null, 0, 1, 2]) n,
       unnest(array[null, '', 'a', 'Ab', 'b%', ''' or true --', '"; drop table mail.made; --', '$1']) t,
       unnest(array[null, true, false]) b,
       (values (null::text[]), ('{}'), ('{a}'), (array['a', ''' or true --'])) g (tags);

create table mail.bare ();
insert into mail.bare default values;

create function mail.twice(n int) returns int language sql immutable return n * 2;
create function mail.sum_up(variadic ns int[]) returns bigint language sql immutable
  return (select sum(n) from unnest(ns) n);
create function mail.greet(name text, greeting text default 'Hello') returns text
  language sql immutable return greeting || ', ' || name;
create function mail.parcels_of(who int, out id int, out state mail.state) returns setof record
  language sql stable as 'select p.id, p.state from mail.parcel p where p.sender = who order by 1';
create function mail.person_of(who int) returns mail.person
  language sql stable as 'select p from mail.person p where p.id = who';
create function mail.either(a int) returns text language sql immutable return 'whole';
create function mail.either(a text) returns text language sql immutable return 'text';
create function mail.either(a int, b int) returns text language sql immutable return 'two';
create function mail.name_of(p mail.person) returns text language sql immutable return p.name;
comment on function mail.name_of(mail.person) is 'What somebody is called.';
create function mail.free() returns setof record language sql stable as 'select 1, 2';
create function mail.send(one int) returns void language sql
  as 'update mail.parcel set state = ''sent'' where id = one';
create function mail.allowed() returns int language plpgsql
  as $$ begin insert into mail.line values (1, 9, 'x', 1); return 1; end $$;
create procedure mail.tidy() language sql as 'delete from mail.line';
create function mail.on_change() returns trigger language plpgsql as 'begin return new; end';
alter table mail.address add constraint somewhere check (city <> '');
create trigger noted before insert on mail.address for each row execute function mail.on_change();
create function mail.hidden() returns int language sql immutable return 1;
revoke execute on function mail.hidden() from public;

grant select on all tables in schema mail to agent;
revoke select on mail.log_early from agent;
create table mail.secret (id int primary key, person int references mail.person);
create table mail.partly (id int primary key, open text, closed text);
grant select (id, open) on mail.partly to agent;
insert into mail.partly values (1, 'o', 'c');
analyze;
