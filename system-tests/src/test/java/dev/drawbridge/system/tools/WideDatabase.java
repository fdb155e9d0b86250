package dev.drawbridge.system.tools;

/// A database of a thousand tables that claims, in its statistics, to hold a hundred gigabytes.
final class WideDatabase {
    static final String NAME = "wide";

    private static final int PAGES = 100 * 131_072 / 1_000;

    private WideDatabase() {}

    /// What makes it, in a database of that name, as the superuser.
    static final String TABLES =
            """
            do $$
            begin
              for i in 1 .. 1000 loop
                execute format(
                  'create table t_%1$s (
                     id bigint primary key, parent bigint references t_%2$s, name text not null,
                     amount numeric(12, 2), noted timestamptz, state text, more jsonb)',
                  i, greatest(1, i - 1));
                execute format('create index on t_%s (state)', i);
                execute format('create index on t_%s (state, noted)', i);
                execute format('insert into t_%s values (1, null, ''one'', 1, now(), ''new'', null)', i);
                execute format('comment on table t_%1$s is ''Number %1$s of a thousand tables.''', i);
              end loop;
            end $$;
            create table meaning (id bigint primary key, text text, embedding real[]);
            insert into meaning values (1, 'one', '{1, 0, 0}');
            grant select on all tables in schema public to retail_agent;
            analyze;
            update pg_class set relpages = {pages}, reltuples = {rows}
             where relnamespace = 'public'::regnamespace and relkind in ('r', 'i');
            """
                    .replace("{pages}", String.valueOf(PAGES))
                    .replace("{rows}", String.valueOf(PAGES * 80));
}
