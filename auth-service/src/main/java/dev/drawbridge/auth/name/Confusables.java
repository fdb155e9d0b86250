package dev.drawbridge.auth.name;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What names look like (UTS 39), from the table that `names/README.md` describes.
final class Confusables {
    private static final String RESOURCE = "/names/confusables.tsv";
    private static final Map<Integer, String> PROTOTYPES = read();
    private static final Set<UnicodeScript> NO_SCRIPT =
            EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED);

    /// UTS 39 section 5.2, highly restrictive: the scripts that Chinese, Japanese and Korean mix
    /// among themselves and with Latin.
    private static final Set<Set<UnicodeScript>> MIXED =
            Set.of(
                    EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
                    EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL),
                    EnumSet.of(
                            UnicodeScript.LATIN,
                            UnicodeScript.HAN,
                            UnicodeScript.HIRAGANA,
                            UnicodeScript.KATAKANA));

    private Confusables() {}

    /// The skeleton (UTS 39 section 4) of a folded name: two names with one skeleton look alike.
    static String skeleton(String folded) {
        var skeleton = new StringBuilder();
        Normalizer.normalize(folded, Normalizer.Form.NFD)
                .codePoints()
                .forEach(letter -> {
                    String prototype = PROTOTYPES.get(letter);
                    if (prototype == null) {
                        skeleton.appendCodePoint(letter);
                    } else {
                        skeleton.append(prototype);
                    }
                });
        return Normalizer.normalize(skeleton, Normalizer.Form.NFD);
    }

    /// Whether a word mixes scripts that no writing mixes, as Latin and Cyrillic.
    static boolean mixesScripts(String word) {
        Set<UnicodeScript> scripts =
                word.codePoints()
                        .mapToObj(UnicodeScript::of)
                        .filter(script -> !NO_SCRIPT.contains(script))
                        .collect(Collectors.toSet());
        return scripts.size() > 1 && MIXED.stream().noneMatch(mixed -> mixed.containsAll(scripts));
    }

    private static Map<Integer, String> read() {
        var resource = Confusables.class.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new IllegalStateException(RESOURCE + " is not in the class path");
        }
        try (var lines =
                new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> line.split("\t", 2))
                    .collect(Collectors.toMap(row -> row[0].codePointAt(0), row -> row[1]));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(RESOURCE, unreadable);
        }
    }
}
