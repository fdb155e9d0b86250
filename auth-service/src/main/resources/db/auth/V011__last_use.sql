-- Where a credential was last used from is written with the time, some seconds later.
alter table auth.api_token
  add column last_address text;

-- A session ends some time after its last use, which is written with a delay.
alter table auth.session
  add column last_seen_at timestamptz not null default now(),
  -- Where it was last used from, and the program that signed in, as it calls itself.
  add column last_address text,
  add column user_agent text;
