-- own_setting: leaves a setting for the next caller
set_config('app.stray', 'left', false)
-- timeout: ends the time limit for everybody after
set_config('statement_timeout', '0', false)
-- writable_default: makes the next transactions writable
set_config('default_transaction_read_only', 'off', false)
-- writable_now: makes this transaction writable
set_config('transaction_read_only', 'off', true)
-- search_path: puts another schema before the next caller's
set_config('search_path', 'shop', false)
-- by_parameters: names and values come as parameters
-- params: ["app.stray", "left"]
set_config($1, $2, false)
-- by_dollar_quotes: names and values in dollar quotes
set_config($a$app.stray$a$, $$left$$, false)
-- by_escapes: names and values in escaped strings
set_config(E'app\x2estray', U&'l\0065ft', false)
-- by_continued_string: a value that goes on in the next line
set_config('app.stray', 'le'
'ft', false)
-- reload: makes the server read its files again
pg_reload_conf()
-- seed [session]: makes the next caller's random numbers known
setseed(0.25)
-- update_rule: the rule of pg_settings sets what is updated
with x as (select 1) update pg_settings set setting = '0' where name = 'statement_timeout'
-- update_rule_in_cte: the same inside
with x as (update pg_settings set setting = '0' where name = 'statement_timeout' returning 1) select * from x
-- set: by command
set statement_timeout = 0
-- set_local: by command, for the transaction
set local app.tenant = 'b'
-- set_session: by command
set session app.stray = 'left'
-- read_write: the transaction, before its first snapshot
set transaction read write
-- characteristics: of all transactions of the session
set session characteristics as transaction read write
-- reset_one: by command
reset statement_timeout
-- reset_all: by command
reset all
-- alter_system: of the server
alter system set work_mem = '1GB'
-- alter_role: of the role
alter role current_user set statement_timeout = 0
