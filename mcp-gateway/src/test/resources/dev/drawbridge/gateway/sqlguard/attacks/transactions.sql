-- txid [transaction id]: takes one
txid_current()
-- xact_id [transaction id]: takes one
pg_current_xact_id()
-- export_snapshot: gives it to others
pg_export_snapshot()
-- commit: ends the transaction and its guard
commit
-- commit_and_chain: begins another
commit and chain
-- rollback: ends the transaction and its guard
rollback
-- end: another word for it
end
-- abort: another word for it
abort
-- begin: a transaction that may write
begin read write
-- start: another word for it
start transaction read write
-- savepoint: by command
savepoint s
-- release: by command
release savepoint s
-- prepare_transaction: that outlives the session
prepare transaction 'left'
-- commit_then_drop: two in one text
commit; drop table shop.account
-- rollback_then_insert: two in one text
rollback; insert into shop.account values (0, 'b', 'x')
-- set_then_read: two in one text
select set_config('app.tenant', 'b', false); select * from shop.account
