-- become_another [rows of others]: is another tenant before the rows are read
with x as materialized (select set_config('app.tenant', 'b', true)) select a.* from x, shop.account a
-- become_another_first [rows of others]: the same by the order of a union
select set_config('app.tenant', 'b', true) union all (select secret from shop.account)
-- become_another_lateral [rows of others]: the same by a lateral join
select a.secret from (select set_config('app.tenant', 'b', true) offset 0) x(t), lateral (select * from shop.account where tenant = x.t) a
-- become_another_by_parameters [rows of others]: nothing is said in the text
-- params: ["app.tenant", "b"]
with x as materialized (select set_config($1, $2, true)) select a.* from x, shop.account a
-- claims: changes the claims for the next caller
set_config('request.jwt.claims', '{"sub":"other"}', false)
-- user: changes the user for the next caller
set_config('app.current_rls_user_id', 'other', false)
-- leave_role: gives the role back and reads what only the login may
select set_config('role', 'none', true), query_to_xml('select secret from shop.of_the_login', true, true, '')
-- leave_role_by_cte: the same without text
with x as materialized (select set_config('role', 'none', true)) select s.* from x, shop.of_the_login s
-- row_security: turns the policies off
with x as materialized (select set_config('row_security', 'off', true)) select a.* from x, shop.account a
-- session_authorization: another login
set_config('session_authorization', 'postgres', true)
-- set_role: by command
set role postgres
-- set_role_none: by command
set role none
-- reset_role: by command
reset role
-- set_session_authorization: by command
set session authorization postgres
-- set_local_role: by command
set local role none
