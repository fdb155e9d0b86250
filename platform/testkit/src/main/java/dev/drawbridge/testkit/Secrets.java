package dev.drawbridge.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Secrets that tests have made or been given, so that they can be looked for where none may be.
/// What is looked for is the part that makes them secret: of a credential what stands behind its
/// prefix, of a JWT its signature.
public final class Secrets {
    private static final Secrets OF_THIS_RUN = new Secrets();

    /// Shorter ones would be found by chance; a code of so few digits stands alone.
    private static final int SHORTEST = 8;

    private static final Pattern CREDENTIAL = Pattern.compile("db[a-z]_([\\w-]{26})[\\w-]*");
    private static final Pattern JWT = Pattern.compile("[\\w-]{20,}\\.[\\w-]{20,}\\.([\\w-]{20,})");
    private static final Set<String> FIELDS =
            Set.of("token", "access_token", "secret", "link", "recoveryCodes");

    private final Set<String> known = new ConcurrentSkipListSet<>();

    /// Those of all tests that share a JVM.
    public static Secrets ofThisRun() {
        return OF_THIS_RUN;
    }

    /// Remembers it, if it is not empty, and gives it back.
    public String add(String secret) {
        if (!secret.isEmpty()) {
            known.add(core(secret));
        }
        return secret;
    }

    private static String core(String secret) {
        return Stream.of(CREDENTIAL, JWT)
                .map(form -> form.matcher(secret))
                .filter(Matcher::matches)
                .map(form -> form.group(1))
                .findFirst()
                .orElse(secret);
    }

    /// Remembers the secrets in an answer, which are in fields that are called so.
    public void addAnswer(String json) {
        try {
            addFrom(new JsonMapper().readTree(json), false);
        } catch (JsonProcessingException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Of a link, what stands behind its `=`.
    private void addFrom(JsonNode node, boolean secret) {
        if (node.isTextual() && secret) {
            addText(node.asText().substring(node.asText().lastIndexOf('=') + 1));
        }
        node.properties()
                .forEach(field ->
                        addFrom(field.getValue(), secret || FIELDS.contains(field.getKey())));
        if (node.isArray()) {
            node.forEach(each -> addFrom(each, secret));
        }
    }

    /// Remembers what the files of a folder hold: each line, and of `name:value` the value too.
    public void addFiles(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (String line : Files.readAllLines(file)) {
                    addText(line.strip());
                    addText(line.substring(line.indexOf(':') + 1).strip());
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public int count() {
        return known.size();
    }

    /// Those that the text holds, with only their beginning shown.
    public Set<String> in(String text) {
        return known.stream()
                .filter(secret -> holds(text, secret))
                .map(secret -> secret.substring(0, 4) + "…")
                .collect(Collectors.toSet());
    }

    private void addText(String text) {
        if (text.length() >= SHORTEST) {
            add(text);
        }
    }

    private static boolean holds(String text, String secret) {
        return text.contains(secret)
                && (secret.length() >= SHORTEST
                        || Pattern.compile("(?<![\\w.:+-])" + secret + "(?![\\w.-])")
                                .matcher(text)
                                .find());
    }
}
