-- read_file: of the server
pg_read_file('${file}')
-- read_binary_file: of the server
pg_read_binary_file('${file}')
-- read_file_old: the name of an extension
pg_read_file_old('${file}', 0, 10)
-- file_write: the name of an extension
pg_file_write('${file}', 'left', false)
-- ls_dir: of the server
pg_ls_dir('/')
-- ls_logdir: of the server
pg_ls_logdir()
-- ls_waldir: of the server
pg_ls_waldir()
-- stat_file: of the server
pg_stat_file('postgresql.conf')
-- current_logfile: where it lies
pg_current_logfile()
-- rotate_logfile: ends it
pg_rotate_logfile()
-- hba: who may sign in how
select * from pg_hba_file_rules
-- hba_function: the same below the view
select * from pg_hba_file_rules()
-- file_settings: of the server
select * from pg_file_settings
-- file_settings_function: the same below the view
select * from pg_show_all_file_settings()
-- ident: who is mapped to whom
select * from pg_ident_file_mappings
-- copy_to_program: runs a program
copy (select 1) to program 'touch ${file}'
-- copy_from_program: runs a program
copy shop.document (id) from program 'touch ${file}'
-- copy_to_file: writes a file
copy (select 1) to '${file}'
-- copy_from_file: reads a file
copy shop.document from '${file}'
-- copy_to_client: another protocol
copy shop.account to stdout
-- load: a library
load '${file}'
-- show_files: where they lie
show data_directory
-- show_all: everything
show all
-- import_collations: from the system
pg_import_system_collations('pg_catalog')
-- tablespace: a folder of its own
create tablespace t location '${file}'
