package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.embedding.EmbeddingModel;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.tool.RowsAnswer;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.UntrustedText;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

import java.util.stream.Collectors;

/// What was found, and how.
///
/// @param model that made the vector, unless the call brought it
record SearchAnswer(Search search, EmbeddingModel model) {

    static JsonObject schema() {
        return Schemas.of()
                .required("columns", Schemas.columns())
                .required("rows", Schemas.list(Schemas.typed("array")))
                .required("rowCount", Schemas.typed("integer"))
                .required("truncated", Schemas.typed("boolean"))
                .required("search", Schemas.typed("string"))
                .required("complete", Schemas.typed("boolean"))
                .optional("index", Schemas.typed("string"))
                .optional("model", Schemas.typed("string"))
                .open();
    }

    ToolAnswer byIndex(EncodedRows rows, String index) {
        String fewer =
                rows.count() < search.wish().limit() && search.isFiltered()
                        ? " An index may miss rows behind filters: search exact compares them all."
                        : "";
        return answer(
                rows,
                "index",
                false,
                ",\"index\":" + Json.encode(index),
                "by the index " + index + " (approximate" + means() + ")." + fewer);
    }

    /// @param count of the rows that match, at most one more than `most`
    ToolAnswer exact(EncodedRows rows, int count, int most) {
        boolean complete = count <= most;
        String compared =
                complete
                        ? "of " + count + ", all compared (exact" + means() + ")."
                        : "of the first "
                                + most
                                + " that match (exact"
                                + means()
                                + "); more were not compared: narrow the filters.";
        String refused =
                search.wish().way() == SearchWish.Way.INDEX ? " No index could be used." : "";
        return answer(rows, "exact", complete, "", compared + refused);
    }

    private ToolAnswer answer(
            EncodedRows rows, String way, boolean complete, String more, String note) {
        boolean ours = search.wish().vector().isEmpty();
        String name = ours ? ",\"model\":" + Json.encode(model.name()) : "";
        String cut = rows.cut() ? " Cut at the byte limit: select fewer columns." : "";
        return new ToolAnswer(
                UntrustedText.enclose(rows.tsv(), rows.count() + " rows " + note + cut),
                "{%s,\"search\":\"%s\",\"complete\":%s%s%s}"
                        .formatted(RowsAnswer.fields(rows), way, complete, more, name),
                rows.count());
    }

    private String means() {
        String words =
                search.wish().hybrid()
                        ? ", with words of "
                                + search.table().documents().stream()
                                        .map(SearchedTable.Column::name)
                                        .collect(Collectors.joining(", "))
                                + " by reciprocal rank"
                        : "";
        return ", " + search.wish().metric().argument() + words;
    }
}
