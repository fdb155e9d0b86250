-- Whether the password was set by someone else and has to be changed first.
alter table auth.users add column must_change_password boolean not null default false;

-- When the person last proved who they are, and whether with a second factor.
alter table auth.session
  add column proved_at     timestamptz not null default now(),
  add column second_factor boolean     not null default false;

alter table auth.groups add column requires_second_factor boolean not null default false;

create table auth.second_factor (
  tenant_id    text        not null references auth.tenant,
  user_id      uuid        not null,
  -- Sealed with the data key, for the purpose second-factor:{user_id}.
  secret       text        not null,
  -- Null until a first code has shown that the authenticator has the secret.
  confirmed_at timestamptz,
  -- The last time step (RFC 6238) whose code was used; it and all before it are spent.
  last_step    bigint      not null default 0,
  -- Codes tried since then, right ones not counted.
  tries        integer     not null default 0,
  tries_since  timestamptz not null default now(),
  created_at   timestamptz not null default now(),
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references auth.users on delete cascade
);

create table auth.recovery_code (
  tenant_id text  not null references auth.tenant,
  user_id   uuid  not null,
  -- 80 random bits need no salt. The row goes when the code is used.
  sha256    bytea not null,
  primary key (tenant_id, user_id, sha256),
  foreign key (tenant_id, user_id) references auth.users on delete cascade
);

-- What has to be done before a session may anything. Null when the session is not there.
create function auth.session_pending(tenant text, person uuid, session uuid) returns text[]
language sql stable
as $$
  with recursive around (group_id) as (
    select m.group_id
      from auth.group_member m
     where m.tenant_id = tenant and m.user_id = person
     union
    select m.group_id
      from auth.group_member m
      join around on m.member_group_id = around.group_id
     where m.tenant_id = tenant
  )
  select array_remove(
           array[
             case when u.must_change_password and u.password_hash is not null
                  then 'password' end,
             case when not s.second_factor
                   and exists (select
                                 from auth.groups g
                                 join around on around.group_id = g.id
                                where g.tenant_id = tenant and g.requires_second_factor)
                  then 'second_factor' end],
           null)
    from auth.users u
    join auth.session s on s.tenant_id = u.tenant_id and s.user_id = u.id
   where u.tenant_id = tenant and u.id = person and s.id = session
$$;
