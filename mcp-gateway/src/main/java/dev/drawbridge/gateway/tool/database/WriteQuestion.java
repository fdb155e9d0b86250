package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.client.InputRequest;
import dev.drawbridge.gateway.client.Inputs;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Schemas;

import io.vertx.core.json.JsonObject;

import java.util.List;

/// The question to a person whether a statement is meant. It shows the statement itself, for it is
/// the person who decides and not the agent that wrote it.
final class WriteQuestion {
    /// Of the question, and of the box in its form.
    static final String KEY = "confirm";

    private static final int MOST_SHOWN = 2_000;

    private WriteQuestion() {}

    /// @param reasons why it has to be asked
    static InputRequest of(Databases.WritableDatabase database, String sql, List<String> reasons) {
        return new InputRequest.Elicitation(
                "%s\n\nRun this on %s, database %s?\n\n%s"
                        .formatted(
                                String.join("\n", reasons),
                                visible(database.connection().name()),
                                visible(database.name()),
                                shown(sql.strip())),
                Schemas.of().required(KEY, confirmBox()).open());
    }

    /// Whether the person filled the form in and ticked its box.
    static boolean isMeant(Inputs inputs) {
        JsonObject form = inputs.accepted(KEY);
        return form != null && Boolean.TRUE.equals(form.getValue(KEY));
    }

    private static JsonObject confirmBox() {
        return Schemas.bool("Yes, run it.").put("title", "Run it");
    }

    /// Its end matters as much as its beginning: what is left out is the middle.
    private static String shown(String sql) {
        if (sql.length() <= MOST_SHOWN) {
            return visible(sql);
        }
        int half = MOST_SHOWN / 2;
        return visible(sql.substring(0, half))
                + "\n… %d characters …\n".formatted(sql.length() - MOST_SHOWN)
                + visible(sql.substring(sql.length() - half));
    }

    /// Characters that steer a terminal or turn the direction of writing would show another
    /// statement than the one that runs.
    private static String visible(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> {
                    if (point == '\n' || point == '\t' || !steers(point)) {
                        shown.appendCodePoint(point);
                    } else {
                        shown.append("\\u{%04x}".formatted(point));
                    }
                });
        return shown.toString();
    }

    private static boolean steers(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }
}
