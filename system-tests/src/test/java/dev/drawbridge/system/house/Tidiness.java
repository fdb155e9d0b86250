package dev.drawbridge.system.house;

import dev.drawbridge.system.house.SourceTree.Source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What is untidy about a file, one sentence for each finding.
final class Tidiness {
    private static final int LONGEST_FILE = 300;
    private static final int LONGEST_METHOD = 40;
    private static final Pattern PROMISE = Pattern.compile("\\b(TODO|FIXME|XXX)\\b(?!: \\w.{10})");
    private static final Pattern FILLER =
            Pattern.compile(
                    "\\b(robust(ly)?|comprehensive(ly)?|enhanced|seamless(ly)?|leverag(e|es|ing))\\b",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern EMPTY_NAME =
            Pattern.compile(
                    "(Utils?|Helper|Manager|Impl|Dto|DTO|Base|Info|Data|Common|Service|\\d)$");
    private static final Pattern TOOL_NAME =
            Pattern.compile("new ToolDefinition\\(\\s*\"([a-z_]+)\"");

    private Tidiness() {}

    static List<String> fileLengths(Source source) {
        int lines = source.lines().size();
        return lines > LONGEST_FILE
                ? List.of("%s has %d lines".formatted(source.path(), lines))
                : List.of();
    }

    static List<String> methodLengths(List<Source> sources) {
        return JavaMethods.in(sources).stream()
                .filter(method -> method.lines() > LONGEST_METHOD)
                .map(method ->
                        "%s: %s has %d lines"
                                .formatted(method.source().path(), method.name(), method.lines()))
                .toList();
    }

    /// A promise says in words what is missing and why: `TODO: …`.
    static List<String> promises(Source source) {
        return linesWith(PROMISE, source);
    }

    static List<String> filler(Source source) {
        return linesWith(FILLER, source);
    }

    static List<String> emptyNames(Source source) {
        return EMPTY_NAME.matcher(source.type()).find()
                ? List.of(source.path() + " is named for nothing")
                : List.of();
    }

    /// A tool's class has its public name in other letters.
    static List<String> toolNames(Source source) {
        return toolsIn(source)
                .filter(tool -> !source.type().equals(camelCase(tool)))
                .map(tool -> source.path() + " holds " + tool)
                .toList();
    }

    static Stream<String> toolsIn(Source source) {
        return TOOL_NAME.matcher(source.text()).results().map(match -> match.group(1));
    }

    private static List<String> linesWith(Pattern pattern, Source source) {
        var found = new ArrayList<String>();
        var lines = source.lines();
        for (int i = 0; i < lines.size(); i++) {
            if (pattern.matcher(lines.get(i)).find()) {
                found.add("%s:%d: %s".formatted(source.path(), i + 1, lines.get(i).strip()));
            }
        }
        return found;
    }

    private static String camelCase(String words) {
        var name = new StringBuilder();
        for (String word : words.split("_", -1)) {
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return name.toString();
    }
}
