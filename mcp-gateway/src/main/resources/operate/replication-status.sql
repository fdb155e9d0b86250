-- Columns that only newer versions have are taken from the row as JSON.
with here as (
    select case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
                else pg_current_wal_lsn() end as lsn),
  slot as (
    select to_jsonb(s) as row, s.*, pg_wal_lsn_diff(here.lsn, s.restart_lsn)::bigint as retained
      from pg_catalog.pg_replication_slots s, here)
select json_build_object(
         'role', case when pg_is_in_recovery() then 'standby' else 'primary' end,
         'walLevel', current_setting('wal_level'),
         'synchronousStandbys', nullif(current_setting('synchronous_standby_names'), ''),
         'slotWalLimit', current_setting('max_slot_wal_keep_size'),
         'replayDelaySeconds', case when pg_is_in_recovery()
           then extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::bigint end,
         'replayPaused', case when pg_is_in_recovery() then pg_is_wal_replay_paused() end,
         'receiver', (select json_agg(json_build_object('state', status, 'from', sender_host,
                                                        'slot', slot_name,
                                                        'lastMessage', date_trunc('second', last_msg_receipt_time)))
                        from pg_catalog.pg_stat_wal_receiver),
         'sendersNotShown', (select count(*) from pg_catalog.pg_stat_replication where state is null),
         'senders', coalesce((
           select json_agg(
                    json_build_object(
                      'application', left(application_name, 60), 'client', host(client_addr),
                      'state', state, 'sync', sync_state,
                      'behindBytes', pg_wal_lsn_diff(here.lsn, replay_lsn)::bigint,
                      'replayLagSeconds', round(extract(epoch from replay_lag), 1),
                      'flushLagSeconds', round(extract(epoch from flush_lag), 1))
                    order by replay_lsn)
             from (select * from pg_catalog.pg_stat_replication order by replay_lsn limit 50) r, here), '[]'),
         'unusedSlots', (select count(*) from slot where not active),
         'slots', coalesce((
           select json_agg(
                    json_build_object(
                      'slot', slot_name, 'kind', slot_type, 'database', database, 'plugin', plugin,
                      'active', active, 'retainedBytes', retained, 'walStatus', wal_status,
                      'leftBytes', safe_wal_size,
                      'xidAge', greatest(age(xmin), age(catalog_xmin)),
                      'unusedSince', date_trunc('second', (row ->> 'inactive_since')::timestamptz),
                      'invalidated', row ->> 'invalidation_reason',
                      'failover', (row ->> 'failover')::boolean)
                    order by active, retained desc)
             from (select * from slot order by active, retained desc nulls last limit 50) s), '[]'),
         'subscriptions', coalesce((
           select json_agg(
                    json_build_object(
                      'subscription', s.subname, 'enabled', s.subenabled,
                      'working', w.pid is not null,
                      'lastMessage', date_trunc('second', w.last_msg_receipt_time),
                      'applyErrors', e.apply_error_count, 'syncErrors', e.sync_error_count)
                    order by s.subname)
             from (select oid, subname, subenabled, subdbid from pg_catalog.pg_subscription) s
             left join pg_catalog.pg_stat_subscription w on w.subid = s.oid and w.relid is null
             left join pg_catalog.pg_stat_subscription_stats e on e.subid = s.oid
            where s.subdbid = (select oid from pg_catalog.pg_database
                                where datname = current_database())), '[]'),
         'publications', coalesce((
           select json_agg(json_build_object(
                             'publication', pubname, 'allTables', puballtables,
                             'tables', (select count(*) from pg_catalog.pg_publication_tables t
                                         where t.pubname = p.pubname),
                             'some', (select string_agg(format('%I.%I', schemaname, tablename), ', '
                                                        order by schemaname, tablename)
                                        from (select * from pg_catalog.pg_publication_tables t
                                               where t.pubname = p.pubname
                                               order by schemaname, tablename limit 10) t))
                           order by pubname)
             from (select * from pg_catalog.pg_publication order by pubname limit 20) p), '[]'))
