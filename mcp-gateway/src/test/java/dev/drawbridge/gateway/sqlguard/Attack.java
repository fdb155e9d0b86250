package dev.drawbridge.gateway.sqlguard;

import io.vertx.core.json.JsonArray;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What somebody may send to do more than read: an entry of a file in `attacks`.
///
/// @param topic the name of its file
/// @param effect what it does where no guard is, in the words of [AttackedServer] and [Siege]; null
///   where something else than the guard stops it too
/// @param text a statement, or one call that a statement may hold anywhere
/// @param parameters what `$1` … stand for, as JSON
record Attack(String topic, String name, @Nullable String effect, String text, String parameters) {
    private static final Path FOLDER =
            Path.of("src/test/resources/dev/drawbridge/gateway/sqlguard/attacks");
    private static final Pattern ENTRY =
            Pattern.compile(
                    "-- (\\w+)(?: \\[([^]]+)])?: .*\\n(?:-- params: (.*)\\n)?"
                            + "((?:(?!-- \\w+(?: \\[[^]]+])?: ).*(?:\\n|$))+)");
    private static final Pattern CALL = Pattern.compile("(?s)(\\w+\\(|\\().*");

    /// All of them.
    static List<Attack> all() throws IOException {
        List<Attack> attacks = new ArrayList<>();
        try (var files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                attacks.addAll(read(file));
            }
        }
        return attacks;
    }

    private static List<Attack> read(Path file) throws IOException {
        String topic = file.getFileName().toString().replace(".sql", "");
        List<Attack> attacks = new ArrayList<>();
        Matcher entry = ENTRY.matcher(Files.readString(file, StandardCharsets.UTF_8));
        int end = 0;
        while (entry.find()) {
            if (entry.start() != end) {
                throw new IllegalStateException(file + " is not understood at " + end);
            }
            end = entry.end();
            String parameters = entry.group(3) == null ? "[]" : entry.group(3);
            attacks.add(
                    new Attack(
                            topic,
                            entry.group(1),
                            entry.group(2),
                            entry.group(4).strip(),
                            parameters));
        }
        if (end != entry.regionEnd()) {
            throw new IllegalStateException(file + " is not understood at " + end);
        }
        return attacks;
    }

    String id() {
        return topic + "/" + name;
    }

    /// Whether it is no whole statement.
    boolean isCall() {
        return CALL.matcher(text).matches();
    }

    /// As it is, without a disguise.
    String plain() {
        return isCall() ? "select " + text : text;
    }

    /// Whether it is a matter of time or size: few of those, and none twice.
    boolean isHeavy() {
        return topic.equals("denial") || topic.equals("bounds");
    }

    @SuppressWarnings("unchecked")
    List<@Nullable Object> values() {
        return new JsonArray(parameters).getList();
    }

    /// The same with what only a running server knows.
    Attack with(String placeholder, String value) {
        return new Attack(
                topic,
                name,
                effect,
                text.replace(placeholder, value),
                parameters.replace(placeholder, value));
    }
}
