-- Row-level identity that a statement cannot forge. Made by Drawbridge; may be run again at any time, by
-- the same role. Policies then read, each once for a statement because of the inner select:
--
--   using (tenant   = (select drawbridge.tenant()))
--   using (owner_id = (select drawbridge.user_id()))
--   using (store_id = (select drawbridge.claim('attributes.store_id'))::int)
--   using (store_id = (select drawbridge.setting('app.store_id'))::int)   -- named in rls.settings
--
-- Each is null for whoever is not vouched for, and a policy must take null for nobody.
-- This text holds keys: do not keep it.
-- statement
-- Keeps the keys out of the server's log, where the role may.
do $$
begin
  perform set_config('log_statement', 'none', true);
  perform set_config('log_min_duration_statement', '-1', true);
  perform set_config('log_min_error_statement', 'panic', true);
exception when insufficient_privilege then
  null;
end
$$
-- statement
select set_config('drawbridge.login', ${login}, true)
-- statement
do $$
declare
  agent constant name := current_setting('drawbridge.login');
begin
  if pg_has_role(agent, current_user, 'member') then
    raise exception 'Run this as another role than %, and as none that it is a member of', agent;
  end if;
  if exists (select from pg_namespace
              where nspname = 'drawbridge' and pg_has_role(agent, nspowner, 'member')) then
    raise exception 'The schema drawbridge belongs to %, or to who it is a member of', agent;
  end if;
end
$$
-- statement
create schema if not exists drawbridge
-- statement
revoke all on schema drawbridge from public, ${role}
-- statement
grant usage on schema drawbridge to public
-- statement
create table if not exists drawbridge.key (
  id         text        primary key,
  connection uuid        not null,
  login      name        not null,
  inner_pad  bytea       not null,
  outer_pad  bytea       not null,
  added_at   timestamptz not null default now()
)
-- statement
-- Its owner reads it, and nobody else whatever was granted by default.
alter table drawbridge.key enable row level security
-- statement
do $$
declare
  grantee text;
begin
  revoke all on drawbridge.key from public;
  for grantee in select distinct a.grantee::regrole::text
                   from pg_class c, aclexplode(c.relacl) a
                  where c.oid = 'drawbridge.key'::regclass and a.grantee not in (0, c.relowner) loop
    execute format('revoke all on drawbridge.key from %s', grantee);
  end loop;
end
$$
-- statement
-- HMAC-SHA-256 (RFC 2104): the pads are the key, XORed with 0x36 and 0x5c.
create or replace function drawbridge.hmac(inner_pad bytea, outer_pad bytea, message bytea)
returns bytea language sql immutable strict parallel safe
set search_path = pg_catalog, pg_temp as $$
  select sha256(outer_pad || sha256(inner_pad || message))
$$
-- statement
-- What the gateway vouches for, for the caller of this statement; null for anything else:
-- v1.{key id}.{expiry}.{connection}.{hmac}.{claims}
create or replace function drawbridge.claims()
returns jsonb language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp as $$
declare
  told constant text := current_setting('drawbridge.identity', true);
  mac bytea;
begin
  if told is null
     or length(told) > 65536
     or told !~ '^v1\.[0-9a-f]{16}\.[0-9]{10}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9a-f]{64}\.\{'
     or substr(told, 21, 10)::bigint < extract(epoch from statement_timestamp())
     or strpos(told, '\u0000') > 0 then -- which jsonb does not take
    return null;
  end if;
  select drawbridge.hmac(k.inner_pad, k.outer_pad,
                         convert_to(substr(told, 1, 68) || substr(told, 134), 'UTF8'))
    into mac
    from drawbridge.key k
   where k.id = substr(told, 4, 16)
     and k.connection = substr(told, 32, 36)::uuid
     and k.login = session_user;
  -- Their digests, so that how far two are alike tells nothing about the right one.
  if mac is null or sha256(mac) <> sha256(decode(substr(told, 69, 64), 'hex')) then
    return null;
  end if;
  return substr(told, 134)::jsonb;
end
$$
-- statement
create or replace function drawbridge.user_id()
returns uuid language sql stable parallel safe
set search_path = pg_catalog, pg_temp as $$
  select (drawbridge.claims() ->> 'sub')::uuid
$$
-- statement
create or replace function drawbridge.tenant()
returns text language sql stable parallel safe
set search_path = pg_catalog, pg_temp as $$
  select drawbridge.claims() ->> 'tenant'
$$
-- statement
-- One of the claims by its path: username, groups, attributes.{name} …
create or replace function drawbridge.claim(path text)
returns text language sql stable parallel safe
set search_path = pg_catalog, pg_temp as $$
  select drawbridge.claims()
         #>> string_to_array(regexp_replace(path, '^attributes\M', 'app_metadata'), '.')
$$
-- statement
-- What rls.settings of the connection gives a name; null also where the caller lacks it.
create or replace function drawbridge.setting(name text)
returns text language sql stable parallel safe
set search_path = pg_catalog, pg_temp as $$
  select nullif(drawbridge.claims() -> 'settings' ->> name, '')
$$
-- statement
grant execute on function drawbridge.claims(), drawbridge.user_id(), drawbridge.tenant(),
                          drawbridge.claim(text), drawbridge.setting(text) to public
-- statement
revoke execute on function drawbridge.hmac(bytea, bytea, bytea) from public
