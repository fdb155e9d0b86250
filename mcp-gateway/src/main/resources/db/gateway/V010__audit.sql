-- The audit (docs/adr/0017-…). The same file, byte by byte, in every service: the schema and its
-- roles are placeholders.

-- Who asked, from where, and as whom the database saw them. `id` is the first half of the SHA-256
-- over the columns behind it.
create table ${flyway:defaultSchema}.audit_context (
  month           date not null,
  id              uuid not null,
  tenant          text,
  user_id         uuid,
  username        text,
  credential_type text,
  credential_id   uuid,
  client          text,
  connection      uuid,
  database        text,
  rls             text,
  primary key (month, id)
) partition by range (month);

-- Statements with placeholders for their literals, addressed as contexts are.
create table ${flyway:defaultSchema}.audit_statement (
  month date not null,
  id    uuid not null,
  text  text not null,
  primary key (month, id)
) partition by range (month);

-- Fixed widths first: nothing is padded. No index but BRIN, because every one is paid for by each
-- tool call.
create table ${flyway:defaultSchema}.audit_record (
  at          timestamptz not null,
  seq         bigint      not null,
  chain       integer     not null,
  rows        integer,
  bytes       integer,
  duration_us integer,
  context     uuid        not null,
  trace       uuid        not null,
  statement   uuid,
  action      text        not null,
  object      text,
  outcome     text        not null,
  -- A JSON object, kept as it was hashed.
  details     text,
  prev        bytea       not null,
  hash        bytea       not null
) partition by range (at);

create index audit_record_at_idx on ${flyway:defaultSchema}.audit_record
 using brin (at) with (pages_per_range = 32, autosummarize = on);

comment on table ${flyway:defaultSchema}.audit_record is
  'What happened: appended to, never changed; each record hashes the one before it in its chain.';

create table ${flyway:defaultSchema}.audit_chain (
  id        integer     not null primary key,
  writer    text        not null,
  opened_at timestamptz not null,
  -- Of the newest record.
  at        timestamptz not null,
  seq       bigint      not null,
  hash      bytea       not null,
  seal      text        not null
);

-- The last record of a chain in a month that was dropped.
create table ${flyway:defaultSchema}.audit_checkpoint (
  chain integer     not null,
  seq   bigint      not null,
  hash  bytea       not null,
  month date        not null,
  at    timestamptz not null default now(),
  seal  text        not null,
  primary key (chain, seq)
);

-- Whole months that are kept besides the present one; null keeps all. The owner's to set.
create table ${flyway:defaultSchema}.audit_retention (
  months integer check (months > 0)
);
insert into ${flyway:defaultSchema}.audit_retention values (null);

revoke all on ${flyway:defaultSchema}.audit_context, ${flyway:defaultSchema}.audit_statement,
  ${flyway:defaultSchema}.audit_record, ${flyway:defaultSchema}.audit_chain,
  ${flyway:defaultSchema}.audit_checkpoint, ${flyway:defaultSchema}.audit_retention
  from ${flyway:defaultSchema}_app;
grant select, insert on ${flyway:defaultSchema}.audit_context, ${flyway:defaultSchema}.audit_statement,
  ${flyway:defaultSchema}.audit_record, ${flyway:defaultSchema}.audit_checkpoint
  to ${flyway:defaultSchema}_app;
grant select on ${flyway:defaultSchema}.audit_chain, ${flyway:defaultSchema}.audit_retention
  to ${flyway:defaultSchema}_app;

create view ${flyway:defaultSchema}.audit_v1 as
select r.chain, r.seq, r.at, c.tenant, c.user_id, c.username, c.credential_type, c.credential_id,
       c.client, c.connection, c.database, c.rls, r.action, r.object, r.outcome,
       r.statement as fingerprint, s.text as statement, r.rows, r.bytes, r.duration_us, r.trace,
       r.details, r.hash
  from ${flyway:defaultSchema}.audit_record r
  join ${flyway:defaultSchema}.audit_context c
    on c.month = date_trunc('month', r.at at time zone 'UTC')::date and c.id = r.context
  left join ${flyway:defaultSchema}.audit_statement s
    on s.month = date_trunc('month', r.at at time zone 'UTC')::date and s.id = r.statement;

create view ${flyway:defaultSchema}.audit_head_v1 as
select id as chain, seq, hash, at, opened_at from ${flyway:defaultSchema}.audit_chain;

-- For both views the application's rights are those of a reader.
revoke all on ${flyway:defaultSchema}.audit_v1, ${flyway:defaultSchema}.audit_head_v1
  from ${flyway:defaultSchema}_app;
grant select on ${flyway:defaultSchema}.audit_v1, ${flyway:defaultSchema}.audit_head_v1
  to ${flyway:defaultSchema}_app;

-- Begins a chain; its number is the next one, without gaps. The writer seals it in the same
-- transaction.
create function ${flyway:defaultSchema}.audit_open(writer text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  opened integer;
begin
  perform pg_advisory_xact_lock(hashtextextended('${flyway:defaultSchema}.audit_open', 0));
  select coalesce(max(id), 0) + 1 into opened from ${flyway:defaultSchema}.audit_chain;
  insert into ${flyway:defaultSchema}.audit_chain
  values (opened, writer, now(), 'epoch', 0, '\x', '');
  return opened;
end
$$;

-- The head of a chain, which is the caller's until the transaction ends.
create function ${flyway:defaultSchema}.audit_lock(
  chain integer, out seq bigint, out hash bytea, out at timestamptz)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select c.seq, c.hash, c.at from ${flyway:defaultSchema}.audit_chain c where c.id = chain for update
$$;

-- Moves the head of a chain forward from where the caller saw it; false when it stands elsewhere.
create function ${flyway:defaultSchema}.audit_advance(
  chain integer, from_seq bigint, from_hash bytea,
  to_seq bigint, to_hash bytea, to_at timestamptz, to_seal text)
returns boolean language sql security definer set search_path = pg_catalog, pg_temp as $$
  with moved as (
    update ${flyway:defaultSchema}.audit_chain c
       set seq = to_seq, hash = to_hash, at = to_at, seal = to_seal
     where c.id = chain and c.seq = from_seq and c.hash = from_hash
       and (to_seq > from_seq or (to_seq = 0 and c.seal = ''))
    returning 1)
  select exists (select from moved)
$$;

-- Makes the partitions of the month before, this one and the next three, and lets the other
-- services read what they may, where they are there by now.
create function ${flyway:defaultSchema}.audit_maintain() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  month date;
  form text;
  part text;
  reader text;
begin
  perform pg_advisory_xact_lock(hashtextextended('${flyway:defaultSchema}.audit_maintain', 0));
  for i in -1..3 loop
    month := (date_trunc('month', now() at time zone 'UTC') + make_interval(months => i))::date;
    foreach form in array array['audit_record', 'audit_context', 'audit_statement'] loop
      part := form || to_char(month, '_YYYYMM');
      if to_regclass('${flyway:defaultSchema}.' || part) is null then
        execute format(
          'create table ${flyway:defaultSchema}.%I partition of ${flyway:defaultSchema}.%I '
          'for values from (%L) to (%L)', part, form,
          month || case form when 'audit_record' then ' 00:00:00+00' else '' end,
          (month + interval '1 month')::date
            || case form when 'audit_record' then ' 00:00:00+00' else '' end);
        execute format('revoke all on ${flyway:defaultSchema}.%I from ${flyway:defaultSchema}_app',
          part);
      end if;
    end loop;
  end loop;
  for reader in select rolname from pg_roles
                 where rolname in ('auth_app', 'gateway_app')
                   and rolname <> '${flyway:defaultSchema}_app' loop
    if not has_table_privilege(reader, '${flyway:defaultSchema}.audit_head_v1', 'select') then
      execute format('grant usage on schema ${flyway:defaultSchema} to %I', reader);
      execute format('grant select on ${flyway:defaultSchema}.audit_head_v1 to %I', reader);
      if reader = 'auth_app' then
        execute format('grant select on ${flyway:defaultSchema}.audit_v1 to %I', reader);
      end if;
    end if;
  end loop;
end
$$;

-- Drops the months that need not be kept any more, and says where each chain stood at their ends.
create function ${flyway:defaultSchema}.audit_expire()
returns table (chain integer, seq bigint, hash bytea, month date)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  oldest date;
  part text;
begin
  perform pg_advisory_xact_lock(hashtextextended('${flyway:defaultSchema}.audit_maintain', 0));
  select (date_trunc('month', now() at time zone 'UTC') - make_interval(months => months))::date
    into oldest from ${flyway:defaultSchema}.audit_retention;
  for part in select c.relname
                from pg_inherits i join pg_class c on c.oid = i.inhrelid
               where i.inhparent = '${flyway:defaultSchema}.audit_record'::regclass
                 and to_date(right(c.relname, 6), 'YYYYMM') < oldest
               order by 1 loop
    return query execute format(
      'select distinct on (r.chain) r.chain, r.seq, r.hash, %L::date '
      'from ${flyway:defaultSchema}.%I r order by r.chain, r.seq desc',
      to_date(right(part, 6), 'YYYYMM'), part);
    execute format('drop table ${flyway:defaultSchema}.%I', part);
    execute format('drop table if exists ${flyway:defaultSchema}.%I',
      replace(part, 'audit_record', 'audit_context'));
    execute format('drop table if exists ${flyway:defaultSchema}.%I',
      replace(part, 'audit_record', 'audit_statement'));
  end loop;
end
$$;

revoke all on function
  ${flyway:defaultSchema}.audit_open(text), ${flyway:defaultSchema}.audit_lock(integer),
  ${flyway:defaultSchema}.audit_advance(integer, bigint, bytea, bigint, bytea, timestamptz, text),
  ${flyway:defaultSchema}.audit_maintain(), ${flyway:defaultSchema}.audit_expire()
  from public;
grant execute on function
  ${flyway:defaultSchema}.audit_open(text), ${flyway:defaultSchema}.audit_lock(integer),
  ${flyway:defaultSchema}.audit_advance(integer, bigint, bytea, bigint, bytea, timestamptz, text),
  ${flyway:defaultSchema}.audit_maintain(), ${flyway:defaultSchema}.audit_expire()
  to ${flyway:defaultSchema}_app;

select ${flyway:defaultSchema}.audit_maintain();
