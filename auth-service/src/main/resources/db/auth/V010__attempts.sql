-- Counters for all tenants: what a stranger sends as a tenant must not choose the counter.
-- A bucket is the moment at which it is full again; one that is full need not be kept.
create table auth.attempt_limit (
  bucket  text        not null primary key,
  full_at timestamptz not null
) with (fillfactor = 50);

create index attempt_limit_full_at_idx on auth.attempt_limit (full_at);

-- Failures in a row, of accounts that are there and of names that are not alike.
create table auth.lockout (
  -- HMAC of tenant and name under the data key.
  subject      text        not null primary key,
  failures     integer     not null,
  failed_at    timestamptz not null,
  locked_until timestamptz
);

create index lockout_failed_at_idx on auth.lockout (failed_at);
