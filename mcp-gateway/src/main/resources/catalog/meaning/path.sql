-- The schemas in which a name without one is looked for.
select current_schemas(true)::text[]
