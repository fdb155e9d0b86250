-- name: columns with the names of functions, of a table that is named
select c."pg_notify", c.lo_open from counter_log c

-- name: sessions by state, without what they run
select state, count(*) from pg_stat_activity group by state

-- name: subscriptions without how to connect
select subname, subenabled from pg_subscription
