-- name: columns with the names of functions, of a table that is named
select c."pg_notify", c.lo_open from counter_log c
