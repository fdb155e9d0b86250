-- Another text once the schema is another one: how often the catalogs that describe it were changed, as the server counts.
-- Null where it does not count, as on a replica. A session says what it changed within ten seconds.
select case when current_setting('track_counts')::boolean and not pg_is_in_recovery()
            then (select string_agg(concat_ws('.',
                                      pg_stat_get_tuples_inserted(c),
                                      pg_stat_get_tuples_updated(c),
                                      pg_stat_get_tuples_deleted(c)), ' ')
                    from unnest('{pg_class,pg_attribute,pg_attrdef,pg_constraint,pg_index,pg_description,
                                  pg_namespace,pg_type,pg_enum,pg_proc,pg_rewrite,pg_policy,pg_inherits,
                                  pg_partitioned_table,pg_trigger,pg_aggregate,pg_extension,pg_authid,pg_auth_members}'::regclass[]) c)
       end
