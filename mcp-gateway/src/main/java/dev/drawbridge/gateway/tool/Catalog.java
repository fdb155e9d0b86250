package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.target.CatalogFile;
import dev.drawbridge.gateway.target.wire.TargetPool;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/// What a database says of itself, to one caller: the files in `catalog/`.
@Singleton
public final class Catalog {
    private static final String TABLES = CatalogFile.read("tables");
    private static final String SERVER = CatalogFile.read("server");
    private static final String NAMES = CatalogFile.read("names");

    /// How much of a table is told.
    public enum Detail {
        NAMES(0),
        SUMMARY(1),
        FULL(2);

        private final int number;

        Detail(int number) {
            this.number = number;
        }

        static Detail of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /// Tables and views that the caller's login may read, by schema and name.
    ///
    /// @param pattern part of a table or column name, `*` for any text; null for all
    public Future<List<JsonObject>> tables(
            Databases.Database database,
            @Nullable String schema,
            @Nullable String pattern,
            Detail detail,
            int limit) {
        return database.values(
                        TABLES,
                        schema,
                        pattern == null ? null : like(pattern),
                        detail.number,
                        null,
                        limit)
                .map(Catalog::objects)
                .recover(failure -> Future.failedFuture(narrower(failure)));
    }

    private static Throwable narrower(Throwable failure) {
        return failure instanceof ProblemException known
                        && known.problem().equals(TargetPool.TOO_LONG)
                ? new Problem.Invalid(
                                "pattern", "matches too much; narrow it or ask for less detail")
                        .exception(known)
                : failure;
    }

    /// One table by its exact name; an empty list when there is none that the login may read.
    public Future<List<JsonObject>> table(
            Databases.Database database, String schema, String table) {
        return database.values(TABLES, schema, null, Detail.FULL.number, table, 1)
                .map(Catalog::objects);
    }

    /// Version, size, settings that matter to a reader.
    public Future<JsonObject> server(Databases.Database database) {
        return database.values(SERVER).map(rows -> (JsonObject) cell(rows.getFirst()));
    }

    /// Names for completion: of schemas, or of the tables of one.
    ///
    /// @param schema null for schemas
    public Future<List<String>> names(
            Databases.Database database, @Nullable String schema, String prefix) {
        return database.values(NAMES, schema, like(prefix.replace("*", "")))
                .map(rows -> rows.stream().map(row -> String.valueOf(row.getFirst())).toList());
    }

    private static List<JsonObject> objects(List<List<@Nullable Object>> rows) {
        return rows.stream().map(row -> (JsonObject) cell(row)).toList();
    }

    private static Object cell(List<@Nullable Object> row) {
        Object cell = row.getFirst();
        if (cell == null) {
            throw new IllegalStateException("A catalog query answered null");
        }
        return cell;
    }

    /// `%` and `_` are themselves; `*` is any text.
    private static String like(String pattern) {
        String escaped =
                pattern.replace("\\", "\\\\")
                        .replace("%", "\\%")
                        .replace("_", "\\_")
                        .replace("*", "%");
        return "%" + escaped + "%";
    }
}
