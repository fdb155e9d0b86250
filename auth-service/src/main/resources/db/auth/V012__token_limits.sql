alter table auth.api_token
  add column type text not null default 'api_token'
      constraint api_token_type_check check (type in ('api_token', 'service_role')),
  -- {timeZone, days, from, to}; null for any time.
  add column allowed_hours jsonb,
  -- {requests, perSeconds}; null for any number.
  add column rate_limit jsonb,
  -- The token that took its place.
  add column successor_id uuid;
