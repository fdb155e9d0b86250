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
import java.util.Optional;

/// What a database says of itself, to one caller: the files in `catalog/`.
@Singleton
public final class Catalog {
    private static final String TABLES = CatalogFile.read("tables");
    private static final String SERVER = CatalogFile.read("server");
    private static final String SCHEMAS = CatalogFile.read("schemas");
    private static final String RELATIONS = CatalogFile.read("relations");
    private static final String NAMES = CatalogFile.read("names");
    private static final String FOREIGN_KEYS = CatalogFile.read("foreign-keys");
    private static final String COLUMNS = CatalogFile.read("table-columns");
    private static final String ROW_KEY = CatalogFile.read("row-key");
    private static final String ROUTINES = CatalogFile.read("routines");
    private static final String FUNCTIONS = CatalogFile.read("functions");

    /// How much of a table is told.
    public enum Detail {
        NAMES(0),
        SUMMARY(1),
        FULL(2),
        /// Of what is told in full, but for how many rows there are.
        DIGEST(3);

        private final int number;

        Detail(int number) {
            this.number = number;
        }

        /// The one of that name, in any case.
        public static Detail of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /// Which tables are wanted.
    ///
    /// @param schema null for all
    /// @param pattern part of a table or column name, `*` for any text; null for all
    /// @param names of tables, with or without their schemas; empty for all
    public record Wanted(@Nullable String schema, @Nullable String pattern, List<String> names) {
        /// Whether that is everything.
        public boolean isAll() {
            return schema == null && pattern == null && names.isEmpty();
        }
    }

    /// Tables and views that the caller's login may read, by schema and name.
    public Future<List<JsonObject>> tables(
            Databases.Database database, Wanted wanted, Detail detail, int limit) {
        return database.values(
                        TABLES,
                        wanted.schema(),
                        wanted.pattern() == null ? null : like(wanted.pattern()),
                        detail.number,
                        null,
                        null,
                        limit,
                        wanted.names().isEmpty() ? null : wanted.names())
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

    /// Some tables by their exact names, those of them that there are and that the login may read.
    ///
    /// @param schemas of the tables, in the order of their names
    /// @param tables as many
    public Future<List<JsonObject>> tables(
            Databases.Database database, List<String> schemas, List<String> tables, Detail detail) {
        return database.values(
                        TABLES, null, null, detail.number, schemas, tables, tables.size(), null)
                .map(Catalog::objects);
    }

    /// The schemas that the login may use, with how much is in them.
    public Future<List<JsonObject>> schemas(Databases.Database database, int limit) {
        return database.values(SCHEMAS, limit).map(Catalog::objects);
    }

    /// The tables and views in some schemas, for each of those that there are and that the login
    /// may use.
    ///
    /// @param most of each
    /// @param detail `FULL`, or `DIGEST`
    public Future<List<JsonObject>> relations(
            Databases.Database database, List<String> schemas, int most, Detail detail) {
        return database.values(RELATIONS, schemas, most, detail == Detail.DIGEST)
                .map(Catalog::objects);
    }

    /// Version, size, settings that matter to a reader.
    public Future<JsonObject> server(Databases.Database database) {
        return database.values(SERVER).map(rows -> (JsonObject) cell(rows.getFirst()));
    }

    /// Names for completion: of schemas, of the tables of one, or of the columns of one of those;
    /// first those that begin so.
    ///
    /// @param schema null for schemas
    /// @param table null for tables
    /// @param written a part of the names
    public Future<List<String>> names(
            Databases.Database database,
            @Nullable String schema,
            @Nullable String table,
            String written,
            int limit) {
        String part = written.replace("*", "");
        return database.values(NAMES, schema, table, like(part), part, limit)
                .map(rows -> rows.stream().map(row -> String.valueOf(row.getFirst())).toList());
    }

    /// The foreign keys from and to tables of these names, as far as the login may read both ends.
    public Future<List<JsonObject>> foreignKeys(Databases.Database database, List<String> tables) {
        return database.values(FOREIGN_KEYS, tables).map(Catalog::objects);
    }

    /// The columns of a table and how large it is; empty where the login may read none.
    public Future<Optional<JsonObject>> columns(
            Databases.Database database, String schema, String table) {
        return database.values(COLUMNS, schema, table)
                .map(rows -> objects(rows).stream().findFirst());
    }

    /// Functions and procedures that the caller's login may call, by schema and name.
    public Future<List<JsonObject>> routines(
            Databases.Database database, Wanted wanted, Detail detail, int limit) {
        return database.values(
                        ROUTINES,
                        wanted.schema(),
                        wanted.pattern() == null ? null : like(wanted.pattern()),
                        detail.number,
                        limit,
                        wanted.names().isEmpty() ? null : wanted.names())
                .map(Catalog::objects);
    }

    /// What tells the rows of a table apart; empty where there is no such table.
    public Future<Optional<JsonObject>> rowKey(
            Databases.Database database, String schema, String table) {
        return database.values(ROW_KEY, schema, table)
                .map(rows -> objects(rows).stream().findFirst());
    }

    /// Functions that the login may call.
    ///
    /// @param name null for all
    public Future<List<JsonObject>> functions(
            Databases.Database database, String schema, @Nullable String name, int limit) {
        return database.values(FUNCTIONS, schema, name, limit).map(Catalog::objects);
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
