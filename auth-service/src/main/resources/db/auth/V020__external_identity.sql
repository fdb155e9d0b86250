-- Who a user is at an identity provider. Issuer and subject together are one person, everywhere.
create table auth.external_identity (
  tenant_id  text        not null references auth.tenant,
  id         uuid        not null,
  user_id    uuid        not null,
  issuer     text        not null,
  subject    text        not null,
  -- When the token was issued whose groups and attributes were taken last: an older one is no news.
  claims_at  timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint external_identity_issuer_subject_idx unique (issuer, subject),
  foreign key (tenant_id, user_id) references auth.users on delete cascade
);

create index external_identity_user_id_idx on auth.external_identity (tenant_id, user_id);

-- The memberships that a provider gave, and may take away; all others are an administrator's.
create table auth.external_membership (
  tenant_id   text not null references auth.tenant,
  member_id   uuid not null,
  identity_id uuid not null,
  primary key (tenant_id, member_id),
  foreign key (tenant_id, member_id) references auth.group_member on delete cascade,
  foreign key (tenant_id, identity_id) references auth.external_identity on delete cascade
);

create index external_membership_identity_id_idx
  on auth.external_membership (tenant_id, identity_id);
