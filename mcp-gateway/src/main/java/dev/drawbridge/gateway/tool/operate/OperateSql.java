package dev.drawbridge.gateway.tool.operate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Questions of ours about how a server is, in `operate/`, and those of `pg-index-health` that they
/// include.
final class OperateSql {
    private static final Pattern INCLUDE = Pattern.compile("(?m)^ *-- include (\\w+)$");
    private static final Pattern PLACEHOLDER = Pattern.compile(":[a-z_]+_(param|threshold)\\b");

    /// What a question of theirs takes one of, ours takes all of, or the one in `$1`.
    private static final String SCHEMAS =
            " = any (array(select n.nspname from pg_catalog.pg_namespace n"
                    + " where ($1::text is null or n.nspname = $1)"
                    + " and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'))";

    /// Of percentages, which are more than 999 where statistics tell of pages that a table has no
    /// more.
    private static final String NARROW = "::numeric(5, 2)";

    /// What is smaller than `$3` MB does not hold so much too much, and who asks for the size of
    /// what is locked waits.
    private static final String LARGE =
            " pc.relpages > 0"
                    + " and (pc.relpages + coalesce((select w.relpages from pg_catalog.pg_class w"
                    + " where w.oid = pc.reltoastrelid), 0))"
                    + " * current_setting('block_size')::bigint >= $3::bigint * 1024 * 1024"
                    + " and pc.oid not in (select l.relation from pg_catalog.pg_locks l"
                    + " where l.mode = 'AccessExclusiveLock' and l.relation is not null"
                    + " and l.database = (select d.oid from pg_catalog.pg_database d"
                    + " where d.datname = current_database()))";

    private OperateSql() {}

    /// The text of one, with what it includes: `$1` is a schema or null there, `$2` the least
    /// percentage.
    ///
    /// @param name without folder and ending
    static String read(String name) {
        return INCLUDE.matcher(resource("/operate/" + name + ".sql"))
                .replaceAll(found -> Matcher.quoteReplacement(theirs(found.group(1))));
    }

    private static String theirs(String name) {
        String sql =
                resource("/sql/" + name + ".sql")
                        .strip()
                        .replaceFirst(";$", "")
                        .replace(" = :schema_name_param::text", SCHEMAS)
                        .replace(":bloat_percentage_threshold", "$2")
                        .replace(" pc.relpages > 0", LARGE)
                        .replace(NARROW, "::numeric")
                        .replace(" / index_size::numeric", " / nullif(index_size, 0)::numeric");
        if (PLACEHOLDER.matcher(sql).find() || sql.contains(";")) {
            throw new IllegalStateException("pg-index-health asks " + name + " otherwise by now");
        }
        return sql;
    }

    private static String resource(String path) {
        try (var file = OperateSql.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException(path + " is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
