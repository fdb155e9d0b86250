-- Findings: settings and this session's own way here.
with setting as (
    select name, setting, reset_val from pg_catalog.pg_settings),
  own as (
    select ssl from pg_catalog.pg_stat_ssl where pid = pg_backend_pid())
select 'ok', null::text,
       format('TLS %s, passwords as %s, version %s',
              (select setting from setting where name = 'ssl'),
              (select setting from setting where name = 'password_encryption'),
              current_setting('server_version')), null::text
 union all
select 'warning', 'ssl', 'the server takes no TLS', 'Give it a certificate and set ssl = on; then hostssl lines in pg_hba.conf.'
  from setting where name = 'ssl' and setting = 'off'
 union all
select 'notice', 'ssl', 'the server takes TLS, and this connection does without',
       'Set tlsMode to verify-full on the connection.'
  from setting, own where name = 'ssl' and setting = 'on' and not own.ssl
 union all
select 'warning', 'password_encryption', 'new passwords are stored as md5',
       'Set scram-sha-256, and have passwords set anew.'
  from setting where name = 'password_encryption' and setting = 'md5'
 union all
select 'warning', 'row_security', 'off for all', 'Set it on; off makes statements fail rather than be restricted.'
  from setting where name = 'row_security' and reset_val = 'off'
 union all
select 'notice', name, name || ' is off', 'Who signed in and when is not in the server''s log: switch it on.'
  from setting where name in ('log_connections', 'log_disconnections') and setting in ('off', '')
 union all
select 'warning', 'superusers', format('%s superusers may sign in: %s', count(*), left(string_agg(rolname, ', ' order by rolname), 300)),
       'Have people sign in as themselves, without; one superuser is enough.'
  from pg_catalog.pg_roles where rolsuper and rolcanlogin having count(*) > 2
 union all
select 'critical', current_user::text, 'the login of this connection is more than a reader: '
         || concat_ws(', ', case when rolsuper then 'superuser' end, case when rolbypassrls then 'bypasses row-level security' end,
                      case when rolcreaterole then 'makes roles' end, case when rolreplication then 'replication' end),
       'Give the connection a login that owns nothing and may only select.'
  from pg_catalog.pg_roles
 where rolname = session_user and (rolsuper or rolbypassrls or rolcreaterole or rolreplication)
