package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.gateway.target.CatalogFile;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What pg_stat_statements counts, and how it is shown to whom. PostgreSQL keeps the literals of
/// utility statements, and up to version 15 of DECLARE too; who does not look after the database
/// sees no literal of anybody.
@Singleton
final class StatementStatistics {
    private static final String TOP = CatalogFile.read("top-queries");
    private static final String EXTENSION =
            """
            select quote_ident(n.nspname)
              from pg_catalog.pg_extension e
              join pg_catalog.pg_namespace n on n.oid = e.extnamespace
             where e.extname = 'pg_stat_statements'
            """;

    /// Of a text, in characters.
    private static final int LONGEST = 20_000;

    private static final String NOT_INSTALLED =
            "pg_stat_statements is not installed in this database: add it to"
                    + " shared_preload_libraries, restart the server, then CREATE EXTENSION"
                    + " pg_stat_statements.";

    private static final String NOT_CREATED =
            "pg_stat_statements is loaded and not installed in this database: CREATE EXTENSION"
                    + " pg_stat_statements in it, as a superuser.";
    private static final String LOADED =
            "select current_setting('pg_stat_statements.max', true) is not null";

    private static final String NOT_LOADED = "55000";
    private static final String FORBIDDEN = "42501";

    /// What was counted, or why nothing is told.
    ///
    /// @param reason and what to do; null when there are statements
    record Top(@Nullable String reason, List<JsonObject> statements) {}

    /// The statements of a database that come first.
    ///
    /// @param sort total_time, mean_time, calls, rows, temp or wal
    /// @param sent whether only those that callers sent themselves
    Future<Top> top(Databases.Database database, String sort, int limit, boolean sent) {
        return database.values(EXTENSION)
                .compose(found ->
                        found.isEmpty()
                                ? database.values(LOADED)
                                        .map(loaded ->
                                                none(
                                                        Boolean.TRUE.equals(
                                                                        loaded.getFirst()
                                                                                .getFirst())
                                                                ? NOT_CREATED
                                                                : NOT_INSTALLED))
                                : read(
                                        database,
                                        String.valueOf(found.getFirst().getFirst()),
                                        sort,
                                        limit,
                                        sent))
                .recover(StatementStatistics::refused);
    }

    private static Future<Top> read(
            Databases.Database database, String schema, String sort, int limit, boolean sent) {
        Future<List<List<@Nullable Object>>> rows =
                database.values(TOP.replace("%s", schema), sort, limit, LONGEST, sent);
        return rows.map(counted -> top(counted, database.isAdministered()));
    }

    private static Top top(List<List<@Nullable Object>> rows, boolean isAdministered) {
        return new Top(
                null,
                rows.stream()
                        .map(row -> (JsonObject) row.getFirst())
                        .map(row -> isAdministered ? row : literalFree(row))
                        .toList());
    }

    private static JsonObject literalFree(JsonObject row) {
        String query = row.getString("query", "");
        return row.put("query", StatementTexts.withoutLiterals(query));
    }

    private static Future<Top> refused(Throwable failure) {
        String state =
                failure instanceof ProblemException known
                                && known.problem() instanceof Problem.Database error
                        ? error.sqlState()
                        : "";
        return switch (state) {
            case NOT_LOADED ->
                    Future.succeededFuture(
                            none(
                                    "pg_stat_statements is installed and not loaded: add it to"
                                            + " shared_preload_libraries and restart the server."));
            case FORBIDDEN ->
                    Future.succeededFuture(
                            none(
                                    "The login may not read pg_stat_statements: grant it USAGE of its schema,"
                                            + " and pg_read_all_stats to see others' texts."));
            default -> Future.failedFuture(failure);
        };
    }

    private static Top none(String reason) {
        return new Top(reason, List.of());
    }
}
