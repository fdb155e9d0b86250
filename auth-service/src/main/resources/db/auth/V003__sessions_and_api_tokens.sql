-- Of a credential only the SHA-256 is stored; 256 random bits need no salt.

create table auth.session (
  tenant_id  text        not null references auth.tenant,
  id         uuid        not null,
  user_id    uuid        not null,
  sha256     bytea       not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  constraint session_sha256_idx unique (sha256),
  foreign key (tenant_id, user_id) references auth.users on delete cascade
);

create index session_user_id_idx on auth.session (tenant_id, user_id);
create index session_expires_at_idx on auth.session (expires_at);

create table auth.api_token (
  tenant_id     text        not null references auth.tenant,
  id            uuid        not null,
  user_id       uuid        not null,
  -- The token that made this one; revoked with it.
  parent_id     uuid,
  name          text        not null,
  sha256        bytea       not null,
  -- Null: unscoped. Else an array of {object, level}; an empty one lets nothing through.
  scopes        jsonb
                constraint api_token_scopes_check check (jsonb_typeof(scopes) = 'array'),
  -- Null: from anywhere.
  allowed_cidrs text[],
  agent_class   text,
  created_at    timestamptz not null default now(),
  expires_at    timestamptz,
  last_used_at  timestamptz,
  revoked_at    timestamptz,
  primary key (tenant_id, id),
  constraint api_token_sha256_idx unique (sha256),
  constraint api_token_agent_class_check
    check (agent_class in ('persistent', 'serverless', 'edge', 'high-performance')),
  foreign key (tenant_id, user_id) references auth.users on delete cascade,
  foreign key (tenant_id, parent_id) references auth.api_token on delete cascade
);

create index api_token_user_id_idx on auth.api_token (tenant_id, user_id, id);
create index api_token_parent_id_idx on auth.api_token (tenant_id, parent_id);
