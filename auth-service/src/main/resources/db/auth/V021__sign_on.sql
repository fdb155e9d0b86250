-- Sign-ons under way, for any replica to finish. Of what the browser holds there are only digests;
-- the row is spent by the statement that finds it.
create table auth.sign_on (
  state_sha256   bytea       not null primary key,
  browser_sha256 bytea       not null,
  provider       text        not null,
  redirect       text        not null,
  -- The account to link, and null for an ordinary sign-on.
  link_tenant_id text,
  link_user_id   uuid,
  expires_at     timestamptz not null,
  constraint sign_on_link_check check (num_nulls(link_tenant_id, link_user_id) in (0, 2))
);

create index sign_on_expires_at_idx on auth.sign_on (expires_at);

-- What the provider knows a session by, and the ID token, sealed, that ends it there.
create table auth.external_session (
  tenant_id  text not null references auth.tenant,
  session_id uuid not null,
  issuer     text not null,
  subject    text not null,
  sid        text,
  id_token   text not null,
  primary key (tenant_id, session_id),
  foreign key (tenant_id, session_id) references auth.session on delete cascade
);

create index external_session_issuer_sid_idx on auth.external_session (issuer, sid);
create index external_session_issuer_subject_idx on auth.external_session (issuer, subject);

-- Logouts that a provider announced: each token counts once, and bearer tokens of what it ended are
-- refused until they have ended themselves.
create table auth.external_logout (
  issuer        text        not null,
  jti           text        not null,
  subject       text,
  sid           text,
  logged_out_at timestamptz not null,
  expires_at    timestamptz not null,
  primary key (issuer, jti)
);

create index external_logout_issuer_sid_idx on auth.external_logout (issuer, sid);
create index external_logout_issuer_subject_idx on auth.external_logout (issuer, subject);
create index external_logout_expires_at_idx on auth.external_logout (expires_at);
