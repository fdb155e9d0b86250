-- The service has no business in its own migration history.
revoke all on auth.flyway_schema_history from auth_app;

create table auth.tenant (
  id         text        not null primary key
             constraint tenant_id_check check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  created_at timestamptz not null default now()
);

create table auth.users (
  tenant_id     text        not null references auth.tenant,
  id            uuid        not null,
  username      text        not null,
  -- The name after NFKC and case folding: two names that fold alike are one name.
  username_key  text        not null,
  -- Null for a person who can only sign on elsewhere.
  password_hash text,
  superuser     boolean     not null default false,
  enabled       boolean     not null default true,
  attributes    jsonb       not null default '{}'
                constraint users_attributes_check check (jsonb_typeof(attributes) = 'object'),
  version       bigint      not null default 1,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint users_username_key_idx unique (tenant_id, username_key)
);
