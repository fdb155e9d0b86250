package dev.drawbridge.gateway.prompt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a file in `prompt/` says: Markdown of a title, a paragraph of description, a list of
/// arguments where there are any besides those that each runbook has, and the steps. A block of SQL
/// names the arguments that are its parameters, behind `sql`.
record RunbookText(
        String name,
        String title,
        String description,
        List<Prompt.Argument> arguments,
        String steps) {
    private static final List<Prompt.Argument> EVERYWHERE =
            List.of(
                    Prompt.Argument.CONNECTION,
                    new Prompt.Argument(
                            "database",
                            "A database on that server; the connection's own if left out.",
                            false));

    private static final Pattern ARGUMENT = Pattern.compile("- (\\w+)( \\(required\\))?: (.+)");
    private static final Pattern PARAMETERS = Pattern.compile("(?m)^```sql((?: \\w+)+)$");

    /// Reads one.
    ///
    /// @param name of the prompt and, without ending, of the file
    static RunbookText read(String name) {
        return parse(name, file(name));
    }

    private static RunbookText parse(String name, String text) {
        String[] head = text.split("\n\n", 3);
        String[] titleAndDescription = head[0].split("\n", 2);
        List<Prompt.Argument> arguments = new ArrayList<>(EVERYWHERE);
        boolean hasMore = head[1].startsWith("- ");
        if (hasMore) {
            head[1].lines().map(RunbookText::argument).forEach(arguments::add);
        }
        return new RunbookText(
                name,
                titleAndDescription[0].substring("# ".length()),
                titleAndDescription[1],
                List.copyOf(arguments),
                hasMore ? head[2] : text.substring(head[0].length()).strip() + "\n");
    }

    private static Prompt.Argument argument(String line) {
        var matcher = ARGUMENT.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalStateException("No argument of a runbook: " + line);
        }
        return new Prompt.Argument(matcher.group(1), matcher.group(3), matcher.group(2) != null);
    }

    /// The steps, with `params` before each statement that has such.
    ///
    /// @param values of arguments; what was left out is null in `params`
    String steps(Map<String, String> values) {
        return PARAMETERS
                .matcher(steps)
                .replaceAll(block ->
                        Matcher.quoteReplacement(
                                "params " + parameters(block, values) + "\n```sql"));
    }

    private static String parameters(MatchResult block, Map<String, String> values) {
        return Arrays.stream(block.group(1).strip().split(" "))
                .map(name -> QuotedValue.of(values.get(name)))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String file(String name) {
        try (var file = RunbookText.class.getResourceAsStream("/prompt/" + name + ".md")) {
            if (file == null) {
                throw new IllegalStateException("prompt/" + name + ".md is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
