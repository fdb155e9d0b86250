-- authid: password hashes
select rolpassword from pg_authid
-- shadow: password hashes
select passwd from pg_shadow
-- user_mappings [rows of others]: the login's passwords on other servers
select umoptions from pg_user_mappings
-- user_mapping_table: the table below
select umoptions from pg_user_mapping
-- user_mapping_options [rows of others]: by the standard's name
select option_value from information_schema.user_mapping_options
-- user_mapping_inner: the view below that
select * from information_schema._pg_user_mappings
-- subscription: connection strings
select subconninfo from pg_subscription
-- large_objects: everybody's content
select data from pg_largeobject
-- statistics: values of everybody's rows
select stavalues1 from pg_statistic
-- stats: the same by its view
select most_common_vals from pg_stats where tablename = 'account'
-- stats_of_expressions: the same of expressions
select * from pg_stats_ext_exprs
-- wal_receiver: a connection string
select conninfo from pg_stat_wal_receiver
-- role_setting [rows of others]: what was set for a role
select setconfig from pg_db_role_setting
-- role_setting_of_roles [rows of others]: the same by the view
select rolconfig from pg_roles
-- role_setting_of_users: the same by the older view
select useconfig from pg_user
-- hidden_setting: how a standby signs in
show primary_conninfo
-- hidden_setting_function: the same by a function
select current_setting('primary_conninfo')
