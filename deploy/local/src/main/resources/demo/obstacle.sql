-- Why the demo cannot live on this server, as the end of a sentence; null if it can.

select case
         when exists (select from pg_database d
                       where d.datname = 'retail'
                         and pg_get_userbyid(d.datdba) <> 'retail_owner')
           then 'the server has a database named retail already, which is not the demo''s'
         when not exists (select from pg_roles r
                           where r.rolname = current_user
                             and (r.rolsuper or (r.rolcreatedb and r.rolcreaterole)))
           then format('the role %s lacks CREATEDB', current_user)
       end;
