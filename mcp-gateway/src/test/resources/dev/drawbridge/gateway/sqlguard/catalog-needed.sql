-- name: sessions by state, without what they run
select state, count(*) from pg_stat_activity group by state

-- name: subscriptions without how to connect
select subname, subenabled from pg_subscription
