-- pg_notify: sends a message
pg_notify('drawbridge_listener', 'left')
-- pg_notify_by_parameters: sends a message
-- params: ["drawbridge_listener", "left"]
pg_notify($1, $2)
-- notify: by command
notify drawbridge_listener, 'left'
-- listen: for others' messages, in the session of the next caller
listen drawbridge_listener
-- unlisten: everything
unlisten *
