package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.target.Written;
import dev.drawbridge.gateway.tool.RowsAnswer;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.UntrustedText;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.List;

/// What came of a statement that writes, as a tool's answer. To be asked is no error: whoever sends
/// the same again is asked again, and nothing has happened.
final class WriteAnswer {
    private static final String NOT_UNDONE =
            "Numbers that sequences gave out are used up all the same.";
    private static final String CUT = "All of it was done; only the rows of the answer are cut.";

    private WriteAnswer() {}

    static JsonObject schema() {
        return Schemas.of()
                .required(
                        "outcome",
                        Schemas.typed("string")
                                .put(
                                        "enum",
                                        new JsonArray()
                                                .add("committed")
                                                .add("dry_run")
                                                .add("confirmation_required")
                                                .add("declined")))
                .optional("affectedRows", Schemas.typed("integer"))
                .optional("columns", Schemas.columns())
                .optional("rows", Schemas.list(Schemas.typed("array")))
                .optional("rowCount", Schemas.typed("integer"))
                .optional("truncated", Schemas.typed("boolean"))
                .optional("warnings", Schemas.list(Schemas.typed("string")))
                .optional("confirmation", Schemas.typed("string"))
                .open();
    }

    static ToolAnswer committed(Written written, boolean hasRows) {
        var warnings = new JsonArray();
        if (written.rows().more()) {
            warnings.add(CUT);
        }
        return done("committed", written, hasRows, told(written).put("warnings", warnings));
    }

    /// A dry run of what needs no confirmation.
    static ToolAnswer tried(Written written, boolean hasRows) {
        return done("dry_run", written, hasRows, warned(told(written)));
    }

    /// A dry run of what has to be confirmed, with a confirmation for what it did.
    static ToolAnswer tried(
            Written written, boolean hasRows, List<String> reasons, String confirmation) {
        return done(
                "dry_run", written, hasRows, asking(warned(told(written)), reasons, confirmation));
    }

    /// What its person did not want.
    static ToolAnswer declined() {
        return new ToolAnswer(
                "Nothing was changed: the user declined.",
                new JsonObject().put("outcome", "declined").encode(),
                0);
    }

    /// What was not run.
    static ToolAnswer asking(List<String> reasons, String confirmation) {
        return asked(
                asking(
                        new JsonObject().put("outcome", "confirmation_required"),
                        reasons,
                        confirmation));
    }

    /// What was run and undone.
    static ToolAnswer asking(List<String> reasons, Written written, String confirmation) {
        var fields = new JsonObject().put("outcome", "confirmation_required");
        fields.put("affectedRows", written.affected());
        return asked(asking(warned(fields), reasons, confirmation));
    }

    private static JsonObject told(Written written) {
        return new JsonObject().put("affectedRows", written.affected());
    }

    private static JsonObject warned(JsonObject fields) {
        return fields.put("warnings", new JsonArray().add(NOT_UNDONE));
    }

    private static JsonObject asking(JsonObject fields, List<String> reasons, String confirmation) {
        var warnings = new JsonArray(new ArrayList<>(reasons));
        warnings.addAll(fields.getJsonArray("warnings", new JsonArray()));
        return fields.put("warnings", warnings).put("confirmation", confirmation);
    }

    private static ToolAnswer asked(JsonObject fields) {
        String text =
                "Nothing was changed. "
                        + sentences(fields.getJsonArray("warnings"))
                        + " If this is meant, send the same call with confirmation "
                        + fields.getString("confirmation")
                        + " within five minutes.";
        return new ToolAnswer(text, fields.encode(), 0);
    }

    private static ToolAnswer done(
            String outcome, Written written, boolean hasRows, JsonObject more) {
        var fields = new JsonObject().put("outcome", outcome).mergeIn(more);
        String text = note(outcome, written, fields);
        if (!hasRows) {
            return new ToolAnswer(text, fields.encode(), 0);
        }
        String told = fields.encode();
        return new ToolAnswer(
                UntrustedText.enclose(written.rows().tsv(), text),
                told.substring(0, told.length() - 1)
                        + ','
                        + RowsAnswer.fields(written.rows())
                        + '}',
                written.rows().count());
    }

    private static String note(String outcome, Written written, JsonObject fields) {
        String rows = written.affected() == 1 ? "1 row" : written.affected() + " rows";
        var text =
                new StringBuilder(
                        outcome.equals("committed")
                                ? "Committed: " + rows + " affected."
                                : "Rolled back: " + rows + " would be affected.");
        text.append(' ').append(sentences(fields.getJsonArray("warnings")));
        if (fields.containsKey("confirmation")) {
            text.append(" If this is meant, send it without dry_run and with confirmation ")
                    .append(fields.getString("confirmation"))
                    .append(" within five minutes.");
        }
        return text.toString().strip();
    }

    private static String sentences(JsonArray list) {
        return String.join(" ", list.stream().map(String::valueOf).toList());
    }
}
