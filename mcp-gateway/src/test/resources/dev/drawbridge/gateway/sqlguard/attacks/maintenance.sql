-- gin_clean_pending_list [index]: writes to an index
gin_clean_pending_list('shop.document_gin')
-- brin_summarize [index]: writes to an index
brin_summarize_new_values('shop.document_brin')
-- brin_desummarize_range [index]: writes to an index
brin_desummarize_range('shop.document_brin', 0)
-- brin_summarize_range [index]: writes to an index
brin_summarize_range('shop.document_brin', 0)
-- clear_statistics [transaction id]: of a table
pg_clear_relation_stats('shop', 'account')
-- clear_column_statistics: of a column
pg_clear_attribute_stats('shop', 'account', 'tenant', false)
-- restore_statistics: false ones
pg_restore_relation_stats('schemaname', 'shop', 'relname', 'account', 'reltuples', 1::real)
-- stat_reset: forgets what happened
pg_stat_reset()
-- stat_reset_table: forgets what happened to a table
pg_stat_reset_single_table_counters('shop.account'::regclass)
-- stat_reset_shared: of the server
pg_stat_reset_shared('wal')
