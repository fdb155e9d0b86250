alter table gateway.connection
  add column guard jsonb not null default '{}';

comment on column gateway.connection.guard is 'What agents may use of the database, and what not, besides the policy.';
