-- The keys that sign access tokens, for all tenants. One signs at a time: the youngest whose time
-- has come. All of them are published from their creation until their last token has ended.
create table auth.signing_key (
  kid          text        not null primary key,
  public_jwk   jsonb       not null,
  -- Sealed with the data key, for the purpose signing-key:{kid}.
  private_key  text        not null,
  created_at   timestamptz not null default now(),
  active_from  timestamptz not null,
  -- Null until a successor is known.
  active_until timestamptz
);

create index signing_key_active_from_idx on auth.signing_key (active_from);
