alter table auth.users
  -- A service account has no password and never signs in: it has only tokens.
  add column kind              text  not null default 'person'
             constraint users_kind_check check (kind in ('person', 'service')),
  -- How the name looks (UTS 39): two names with one skeleton cannot be told apart.
  add column username_skeleton text,
  add column display_name      text,
  -- Verified: a link that was sent there came back, or an administrator vouched for it.
  add column email             text,
  add column email_key         text,
  -- What a person keeps about themselves. It decides nothing.
  add column metadata          jsonb not null default '{}'
             constraint users_metadata_check check (jsonb_typeof(metadata) = 'object'),
  add constraint users_service_check check (kind = 'person' or password_hash is null),
  add constraint users_username_skeleton_idx unique (tenant_id, username_skeleton),
  add constraint users_email_key_idx unique (tenant_id, email_key);

alter table auth.groups
  add column name_skeleton text,
  add constraint groups_name_skeleton_idx unique (tenant_id, name_skeleton);

-- How plain names look that are there already: in ASCII these are all that look like others. One
-- that looks like an older one, or is not plain, stays without until it is changed.
update auth.users u
   set username_skeleton = plain.skeleton
  from (select tenant_id, id, skeleton,
               row_number() over (partition by tenant_id, skeleton order by id) as nth
          from (select tenant_id, id,
                       replace(translate(username_key, '01', 'ol'), 'm', 'rn') as skeleton
                  from auth.users
                 where username_key ~ '^[a-z0-9._@+-]+$') looks) plain
 where u.tenant_id = plain.tenant_id and u.id = plain.id and plain.nth = 1;

update auth.groups g
   set name_skeleton = plain.skeleton
  from (select tenant_id, id, skeleton,
               row_number() over (partition by tenant_id, skeleton order by id) as nth
          from (select tenant_id, id,
                       replace(translate(name_key, '01', 'ol'), 'm', 'rn') as skeleton
                  from auth.groups
                 where name_key ~ '^[a-z0-9 ._@+-]+$') looks) plain
 where g.tenant_id = plain.tenant_id and g.id = plain.id and plain.nth = 1;

-- Links that work once. The secret is in the link alone; 256 random bits need no salt.
create table auth.one_time_link (
  tenant_id  text        not null references auth.tenant,
  id         uuid        not null,
  purpose    text        not null
             constraint one_time_link_purpose_check
             check (purpose in ('invitation', 'registration', 'password_reset', 'email')),
  sha256     bytea       not null,
  -- Whose password or address it changes; of an invitation, who invited.
  user_id    uuid,
  -- Where it was sent, and what is verified when it comes back.
  email      text,
  -- Of an invitation: display name, attributes, ids of groups.
  details    jsonb       not null default '{}',
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  constraint one_time_link_sha256_idx unique (sha256),
  foreign key (tenant_id, user_id) references auth.users on delete cascade
);

create index one_time_link_user_id_idx on auth.one_time_link (tenant_id, user_id, purpose);
create index one_time_link_expires_at_idx on auth.one_time_link (expires_at);
