package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.tool.Catalog;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.LastAnswers;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Describes tables and their columns, as much as is asked for, and of a database with many of them
/// what could be asked.
@Singleton
final class GetSchema implements Tool {
    private static final int TABLES = 50;
    private static final int MOST_TABLES = 500;

    private static final Pattern QUOTED =
            Pattern.compile("(?:[^.\"]+|\"[^\"]+\")(?:\\.(?:[^.\"]+|\"[^\"]+\"))?");

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "get_schema",
                    "Get the schema",
                    "Describes tables and views that you may read, or functions: names; with"
                            + " summary columns and types; with full comments, defaults, indexes,"
                            + " keys both ways.",
                    Schemas.onDatabase()
                            .optional("schema", Schemas.typed("string").put("maxLength", 63))
                            .optional("kind", Schemas.oneOf("", "tables", "tables", "functions"))
                            .optional(
                                    "pattern",
                                    Schemas.string("Part of a name; * for any text.")
                                            .put("maxLength", 100))
                            .optional(
                                    "tables",
                                    Schemas.list(new JsonObject())
                                            .put("maxItems", TABLES)
                                            .put("description", "Only these: name or schema.name."))
                            .optional(
                                    "detail",
                                    Schemas.oneOf("", "summary", "names", "summary", "full"))
                            .optional("compact", Schemas.bool("One line a table."))
                            .optional("limit", Schemas.limit(MOST_TABLES, TABLES))
                            .closed(),
                    Schemas.of()
                            .required("database", Schemas.typed("string"))
                            .required("tables", Schemas.list(Schemas.typed("object")))
                            .required("truncated", Schemas.typed("boolean"))
                            .optional("schemas", Schemas.list(Schemas.typed("object")))
                            .open(),
                    ToolDefinition.Hints.READS_ROWS,
                    Set.of(Features.DEFAULT, Features.DATABASE));

    private final Databases databases;
    private final Catalog catalog;
    private final LastAnswers last;

    GetSchema(Databases databases, Catalog catalog, LastAnswers last) {
        this.databases = databases;
        this.catalog = catalog;
        this.last = last;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Databases.Database database = databases.of(call);
        var wanted =
                new Catalog.Wanted(
                        call.optionalText("schema"), call.optionalText("pattern"), names(call));
        return last.fresh(
                        database,
                        call.arguments().encode(),
                        () -> found(call, database, wanted).map(GetSchema::kept))
                .map(answer -> Outcome.done(answer.toTool()));
    }

    private Future<ToolAnswer> found(
            ToolCall call, Databases.Database database, Catalog.Wanted wanted) {
        var detail = Catalog.Detail.of(call.text("detail", "summary"));
        int limit = call.number("limit", TABLES);
        boolean bounded = !call.arguments().containsKey("limit");
        Future<ToolAnswer> found =
                call.text("kind", "tables").equals("functions")
                        ? catalog.routines(database, wanted, detail, limit + 1)
                                .map(all -> RoutineAnswer.of(database.name(), all, limit, bounded))
                        : tables(call, database, wanted, detail, limit);
        return found.compose(answer -> there(database, wanted, answer));
    }

    private Future<ToolAnswer> tables(
            ToolCall call,
            Databases.Database database,
            Catalog.Wanted wanted,
            Catalog.Detail detail,
            int limit) {
        boolean bounded = !call.arguments().containsKey("limit");
        return catalog.tables(database, wanted, detail, limit + 1)
                .compose(found ->
                        found.size() > limit && bounded && wanted.isAll()
                                ? overview(database)
                                : Future.succeededFuture(
                                        SchemaAnswer.of(
                                                database.name(),
                                                wanted.names(),
                                                found,
                                                limit,
                                                bounded,
                                                call.flag("compact"))));
    }

    /// An answer with nothing in it, for a schema that is not there, would be taken for an empty
    /// one.
    private Future<ToolAnswer> there(
            Databases.Database database, Catalog.Wanted wanted, ToolAnswer answer) {
        if (wanted.schema() == null || answer.rows() > 0) {
            return Future.succeededFuture(answer);
        }
        return catalog.schemas(database, SchemaAnswer.MOST_SCHEMAS)
                .map(schemas -> {
                    List<String> names =
                            schemas.stream().map(schema -> schema.getString("name")).toList();
                    if (!names.contains(wanted.schema())) {
                        throw Arguments.invalid(
                                "schema",
                                "is none that you may use; there are " + String.join(", ", names));
                    }
                    return answer;
                });
    }

    private static LastAnswers.Answer kept(ToolAnswer answer) {
        return new LastAnswers.Answer(answer.text(), answer.json(), answer.rows());
    }

    private static List<String> names(ToolCall call) {
        JsonArray tables = call.arguments().getJsonArray("tables", new JsonArray());
        for (int i = 0; i < tables.size(); i++) {
            if (!(tables.getValue(i) instanceof String)) {
                throw Arguments.invalid("tables." + i, "must be the name of a table");
            }
        }
        return tables.stream().map(String::valueOf).map(GetSchema::unquoted).toList();
    }

    /// A name as it is, which SQL would have in quotes.
    private static String unquoted(String name) {
        return QUOTED.matcher(name).matches() ? name.replace("\"", "") : name;
    }

    private Future<ToolAnswer> overview(Databases.Database database) {
        var all = new Catalog.Wanted(null, null, List.of());
        return catalog.schemas(database, SchemaAnswer.MOST_SCHEMAS)
                .compose(schemas ->
                        catalog.tables(database, all, Catalog.Detail.NAMES, 2 * MOST_TABLES)
                                .map(tables ->
                                        SchemaAnswer.overview(database.name(), schemas, tables)));
    }
}
