-- terminate [other session]: ends somebody's session
pg_terminate_backend(${bystander})
-- terminate_and_wait [other session]: ends it and waits
pg_terminate_backend(${bystander}, 100)
-- cancel [other session]: stops somebody's statement
pg_cancel_backend(${bystander})
-- cancel_by_attribute [other session]: by the notation of attributes
(${bystander}).pg_cancel_backend
-- terminate_by_parameter [other session]: which one is a parameter
-- params: [${bystander}]
pg_terminate_backend($1)
-- terminate_all: of the login
select pg_terminate_backend(pid) from pg_locks where pid <> pg_backend_pid()
-- log_memory: fills the log
pg_log_backend_memory_contexts(${bystander})
-- activity [rows of others]: reads the statements of the same login
select query from pg_stat_activity
-- activity_function [rows of others]: the same below the view
select query from pg_stat_get_activity(null)
-- activity_of_backends [rows of others]: the same by numbers
select pg_stat_get_backend_activity(i) from pg_stat_get_backend_idset() i
-- activity_by_table [rows of others]: by the short form
table pg_stat_activity
-- prepared_statements: of the callers before
select statement from pg_prepared_statements
-- prepared_function: the same below the view
select * from pg_prepared_statement()
-- cursors: of the session
select statement from pg_cursors
