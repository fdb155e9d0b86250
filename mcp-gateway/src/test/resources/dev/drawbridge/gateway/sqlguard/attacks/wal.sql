-- message [log]: writes a message of a megabyte
pg_logical_emit_message(false, 'x', repeat('x', 1000000))
-- message_bytes [log]: the same as bytes
pg_logical_emit_message(false, 'x', convert_to(repeat('x', 1000000), 'utf8'))
-- message_of_transaction: with its transaction
pg_logical_emit_message(true, 'x', 'y')
-- restore_point: names one
pg_create_restore_point('x')
-- switch: begins a new file
pg_switch_wal()
-- physical_slot: keeps the log forever
pg_create_physical_replication_slot('x', true)
-- logical_slot: keeps the log forever
pg_create_logical_replication_slot('x', 'test_decoding')
-- drop_slot: another's
pg_drop_replication_slot('x')
-- advance_slot: another's
pg_replication_slot_advance('x', '0/0')
-- sync_slots: of a standby
pg_sync_replication_slots()
-- slot_changes: reads everybody's writes
select * from pg_logical_slot_get_changes('x', null, null)
-- slot_peek: reads everybody's writes
select * from pg_logical_slot_peek_changes('x', null, null)
-- copy_slot: another's
pg_copy_physical_replication_slot('x', 'y')
-- origin: makes one
pg_replication_origin_create('x')
-- origin_session: of the session
pg_replication_origin_session_setup('x')
-- backup: begins one
pg_backup_start('x')
-- backup_old: by its old name
pg_start_backup('x')
-- promote: of a standby
pg_promote()
-- pause: of a standby
pg_wal_replay_pause()
-- standby_snapshot: writes one
pg_log_standby_snapshot()
-- checkpoint: by command
checkpoint
