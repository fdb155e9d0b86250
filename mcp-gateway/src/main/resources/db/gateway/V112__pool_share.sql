-- Gateways that run, and how many of a connection's server sessions each of them has
-- (docs/adr/0042-…). Logged: after a crash of the datastore the sessions are still there.
create table gateway.replica (
  id      uuid        not null primary key,
  seen_at timestamptz not null
) with (fillfactor = 50);

create table gateway.pool_share (
  connection_id uuid    not null,
  replica_id    uuid    not null references gateway.replica on delete cascade,
  held          integer not null check (held >= 0),
  wanted        integer not null check (wanted >= 0),
  primary key (connection_id, replica_id)
) with (fillfactor = 50);

create index pool_share_replica_id_idx on gateway.pool_share (replica_id);

comment on column gateway.replica.seen_at is 'By the clock of the datastore.';
comment on column gateway.pool_share.held is 'Sessions that are open, or may be opened without asking. All of a connection together are never more than it may have.';
comment on column gateway.pool_share.wanted is 'Sessions that would be used at once.';
