-- Which data keys the replicas of this service know and seal with (docs/adr/0018-…): a row for each
-- replica and key that it sealed with. The same file, byte by byte, in every service.
create table ${flyway:defaultSchema}.data_key_use (
  replica uuid        not null,
  -- Ids of keys, never keys.
  sealing text        not null,
  known   text[]      not null,
  seen_at timestamptz not null,
  primary key (replica, sealing)
) with (fillfactor = 50);
