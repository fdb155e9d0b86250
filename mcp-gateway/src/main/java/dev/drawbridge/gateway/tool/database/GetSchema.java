package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.tool.Catalog;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.gateway.tool.UntrustedText;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/// Describes tables and their columns, as much as is asked for.
@Singleton
final class GetSchema implements Tool {
    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "get_schema",
                    "Get the schema",
                    "Finds tables and views that you may read and describes them. detail names lists"
                            + " them, summary adds columns with types, full adds comments, keys,"
                            + " defaults and indexes.",
                    Schemas.onDatabase()
                            .optional(
                                    "schema",
                                    Schemas.string("Only this schema.").put("maxLength", 63))
                            .optional(
                                    "pattern",
                                    Schemas.string(
                                                    "Part of a table or column name; * for any text.")
                                            .put("maxLength", 100))
                            .optional(
                                    "detail",
                                    Schemas.oneOf(
                                            "How much.", "summary", "names", "summary", "full"))
                            .optional("compact", Schemas.bool("Text in one line a table."))
                            .optional("limit", Schemas.integer("Tables to return.", 1, 500, 50))
                            .closed(),
                    Schemas.of()
                            .required("database", Schemas.typed("string"))
                            .required(
                                    "tables",
                                    Schemas.list(
                                            Schemas.of()
                                                    .required("schema", Schemas.typed("string"))
                                                    .required("name", Schemas.typed("string"))
                                                    .required("kind", Schemas.typed("string"))
                                                    .open()))
                            .required("truncated", Schemas.typed("boolean"))
                            .open(),
                    ToolDefinition.Hints.READS_ROWS,
                    Set.of(Features.DEFAULT, Features.DATABASE));

    private final Databases databases;
    private final Catalog catalog;

    GetSchema(Databases databases, Catalog catalog) {
        this.databases = databases;
        this.catalog = catalog;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Databases.Database database = databases.of(call);
        var detail = Catalog.Detail.of(call.text("detail", "summary"));
        int limit = call.number("limit", 50);
        return catalog.tables(
                        database,
                        call.optionalText("schema"),
                        call.optionalText("pattern"),
                        detail,
                        limit + 1)
                .map(found -> answer(database.name(), found, limit, call.flag("compact")))
                .map(Outcome::done);
    }

    private static ToolAnswer answer(
            String database, List<JsonObject> found, int limit, boolean compact) {
        boolean truncated = found.size() > limit;
        List<JsonObject> tables = truncated ? found.subList(0, limit) : found;
        var text = new StringBuilder();
        for (JsonObject table : tables) {
            SchemaText.append(text, table, compact);
        }
        String note =
                truncated
                        ? "More tables match: narrow pattern or schema, or raise limit."
                        : tables.size() + (tables.size() == 1 ? " table." : " tables.");
        return new ToolAnswer(
                UntrustedText.enclose(text.toString(), note),
                new JsonObject()
                        .put("database", database)
                        .put("tables", new JsonArray(List.<@Nullable Object>copyOf(tables)))
                        .put("truncated", truncated)
                        .encode(),
                tables.size());
    }
}
