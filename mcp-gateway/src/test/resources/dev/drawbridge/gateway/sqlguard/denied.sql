-- What the policy denies beside attacks/, a statement a line.
select lo_close(0)
select lo_lseek(0, 0, 0)
select lo_lseek64(0, 0, 0)
select lo_manage()
select lo_oid('1')
select lo_tell(0)
select lo_tell64(0)
select lo_truncate64(0, 0)
select pg_cancel_backend(1)
select pg_log_backend_memory_contexts(1)
select * from pg_cursor()
select * from pg_ident_file_mappings()
select pg_stop_backup()
select pg_wal_replay_resume()
select pg_stat_statements_reset()
select get_raw_page('account', 0)
select * from heap_page_items('\x')
select tuple_data_split(1, '\x', 0, 0, '')
select * from bt_page_items('account_pkey', 1)
select * from bt_multi_page_stats('account_pkey', 1, 1)
select * from brin_page_items('\x', 'document_brin')
select * from gist_page_items('\x', 'place')
select * from gin_leafpage_items('\x')
select * from hash_page_items('\x')
select * from pg_get_wal_records_info('0/0', '0/1')
select pg_stat_get_xact_tuples_returned(1)
select n_tup_ins from pg_stat_xact_user_tables
select chunk_data from pg_toast.pg_toast_1260
select 1 from a tablesample lo_get (1)
select 1 from pg_roles natural join a
select 1 from pg_roles join a using (rolconfig)
select r from pg_roles r
select j from (pg_roles join a on true) as j
select u from a join pg_roles using (oid) as u
select (pg_roles).* from pg_roles
select (r).rolconfig from pg_roles r
select b from pg_roles as q (b)
