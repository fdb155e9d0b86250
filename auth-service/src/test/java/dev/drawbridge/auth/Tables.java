package dev.drawbridge.auth;

import java.util.stream.Collectors;

/// All that the service keeps.
final class Tables {
    private Tables() {}

    /// Every row of every table as text, behind the name of its table.
    static String content() {
        return TestTenant.query(
                        """
                        select string_agg(format('%I.%I', schemaname, tablename), ',')
                          from pg_tables
                         where schemaname = 'auth'
                        """)
                .lines()
                .flatMap(names -> java.util.stream.Stream.of(names.split(",")))
                .map(table -> table + ": " + rows(table))
                .collect(Collectors.joining("\n"));
    }

    private static String rows(String table) {
        return String.valueOf(
                TestTenant.query("select string_agg(t::text, ' ') from " + table + " t"));
    }
}
