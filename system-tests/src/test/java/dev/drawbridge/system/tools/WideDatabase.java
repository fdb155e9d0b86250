package dev.drawbridge.system.tools;

/// A database of a thousand tables that claims, in its statistics, to hold more than a hundred
/// gigabytes: with names, comments, foreign keys and indexes as such databases have them, one table
/// that does have rows, and something for each tool to complain of.
final class WideDatabase {
    static final String NAME = "wide";

    /// What it claims to hold, in bytes.
    static final String CLAIMED =
            """
            select sum(relpages)::bigint * 8192 from pg_class
             where relnamespace = 'public'::regnamespace
            """;

    static final long HUNDRED_GIGABYTES = 100L << 30;

    private static final int PAGES = 100 * 131_072 / 1_000;

    private WideDatabase() {}

    /// What makes it, in a database of that name, as the superuser.
    static final String TABLES =
            """
            do $$
            declare
              name text;
              parent text;
            begin
              for i in 1 .. 1000 loop
                name := 'customer_order_line_' || i;
                parent := 'customer_order_line_' || greatest(1, i - 1);
                execute format(
                  'create table %1$s (
                     id bigint primary key, parent bigint references %2$s, owner_account bigint,
                     name text not null, description text, amount numeric(12, 2), noted timestamptz,
                     state text, labels text[], more jsonb, is_active boolean,
                     constraint %1$s_owner foreign key (owner_account) references %2$s);
                   create index on %1$s (state);
                   create index on %1$s (state, noted);
                   create index on %1$s (noted) where is_active;
                   insert into %1$s (id, name, amount, noted, state) values (1, ''one'', 1, now(), ''new'');
                   comment on table %1$s is %3$L;
                   comment on column %1$s.state is ''new, open, done or cancelled''',
                  name, parent,
                  format('Number %s of a thousand tables: lines of orders of one region, kept for ten years.', i));
              end loop;
            end $$;
            insert into customer_order_line_500 (id, name, description, amount, noted, state, labels, more)
            select i, 'line ' || i, 'What was ordered: ' || repeat('tent ', 20), i, now(), 'done', '{a,b}', '{"colour": "red"}'
              from generate_series(2, 5000) i;
            create table meaning (id bigint primary key, text text, embedding real[]);
            insert into meaning select i, 'text ' || i, array[i, 1, 1] from generate_series(1, 500) i;
            grant select on all tables in schema public to retail_agent;
            analyze;
            update pg_class set relpages = {pages}, reltuples = {rows}
             where relnamespace = 'public'::regnamespace and relkind = 'r';
            update pg_class set relpages = {pages} / 6, reltuples = {rows}
             where relnamespace = 'public'::regnamespace and relkind = 'i';
            """
                    .replace("{pages}", String.valueOf(PAGES))
                    .replace("{rows}", String.valueOf(PAGES * 80));
}
