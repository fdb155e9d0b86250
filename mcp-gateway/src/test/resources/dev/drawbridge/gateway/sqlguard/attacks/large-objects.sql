-- lo_create: makes one
lo_create(0)
-- lo_creat: makes one
lo_creat(-1)
-- lo_from_bytea: makes one with content
lo_from_bytea(0, '\x61')
-- lo_put: writes into one
lo_put(1, 0, '\x61')
-- lo_unlink: removes one
lo_unlink(1)
-- lo_import: reads a file
lo_import('${file}')
-- lo_export: writes a file
lo_export(1, '${file}')
-- lo_open: opens one to write
lo_open(1, 131072)
-- lowrite: writes into an open one
lowrite(0, '\x61')
-- loread: reads an open one
loread(0, 1)
-- lo_truncate: cuts one
lo_truncate(0, 0)
-- lo_get: reads one
lo_get(1)
-- lo_create_by_attribute: by the notation of attributes
(4711::oid).lo_create
-- lo_create_by_parameter: which one is a parameter
-- params: [4711]
lo_create($1)
