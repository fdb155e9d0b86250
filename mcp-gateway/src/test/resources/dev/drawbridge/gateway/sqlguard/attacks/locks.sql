-- advisory [lock]: for the session
pg_advisory_lock(4711)
-- advisory_two_keys [lock]: for the session
pg_advisory_lock(47, 11)
-- advisory_shared [lock]: for the session
pg_advisory_lock_shared(4711)
-- try_advisory [lock]: for the session
pg_try_advisory_lock(4711)
-- try_advisory_shared [lock]: for the session
pg_try_advisory_lock_shared(4711)
-- advisory_by_attribute [lock]: by the notation of attributes
(4711::bigint).pg_advisory_lock
-- advisory_by_column [lock]: by the notation of columns
select i.pg_advisory_lock from generate_series(4711, 4711) i
-- advisory_by_parameter [lock]: which one is a parameter
-- params: [4711]
pg_advisory_lock($1)
-- advisory_transaction: for the transaction
pg_advisory_xact_lock(4711)
-- try_advisory_transaction: for the transaction
pg_try_advisory_xact_lock(4711)
-- advisory_unlock: another's
pg_advisory_unlock(4711)
-- advisory_unlock_all: everybody's of the session
pg_advisory_unlock_all()
-- lock_table: by command
lock table shop.account in share mode
-- lock_table_exclusive: by command
lock shop.account
-- for_update: by clause
select * from shop.account for update
-- for_no_key_update: by clause
select * from shop.account for no key update of account nowait
-- for_share: by clause
select * from shop.account for share skip locked
-- for_key_share: by clause
select * from shop.account for key share
