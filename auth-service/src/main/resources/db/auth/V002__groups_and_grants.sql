create table auth.groups (
  tenant_id  text        not null references auth.tenant,
  id         uuid        not null,
  name       text        not null,
  name_key   text        not null,
  version    bigint      not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint groups_name_key_idx unique (tenant_id, name_key)
);

-- A member is a user or another group. Cycles are refused by the service, under a lock.
create table auth.group_member (
  tenant_id       text        not null references auth.tenant,
  id              uuid        not null,
  group_id        uuid        not null,
  user_id         uuid,
  member_group_id uuid,
  created_at      timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint group_member_one_check check (num_nonnulls(user_id, member_group_id) = 1),
  constraint group_member_user_idx unique (tenant_id, user_id, group_id),
  constraint group_member_group_idx unique (tenant_id, member_group_id, group_id),
  foreign key (tenant_id, group_id) references auth.groups on delete cascade,
  foreign key (tenant_id, user_id) references auth.users on delete cascade,
  foreign key (tenant_id, member_group_id) references auth.groups on delete cascade
);

create index group_member_group_id_idx on auth.group_member (tenant_id, group_id, id);

create table auth.grants (
  tenant_id  text        not null references auth.tenant,
  id         uuid        not null,
  group_id   uuid        not null,
  object     text        not null,
  level      text        not null
             constraint grants_level_check check (level in ('read', 'write', 'admin')),
  version    bigint      not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint grants_group_object_idx unique (tenant_id, group_id, object),
  foreign key (tenant_id, group_id) references auth.groups on delete cascade
);
