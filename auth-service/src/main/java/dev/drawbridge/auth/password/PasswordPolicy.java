package dev.drawbridge.auth.password;

import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which passwords may be chosen: the length of [Password], and as NIST SP 800-63B section 3.1.1.2
/// wants it, none that are common, breached, repetitive, counted, or made of what everyone knows of
/// the user. No rule about kinds of characters, and nothing expires.
@Singleton
final class PasswordPolicy {
    private static final String PRODUCT = "drawbridge";
    private static final int FEW = 8;
    private static final int FEWEST_DIFFERENT = 5;
    private static final int SHORTEST_NAME = 4;
    private static final double COUNTED = 0.75;
    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}]+|[^\\p{L}]+$");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Map<Character, Character> LEET =
            Map.of(
                    '@', 'a', '4', 'a', '3', 'e', '1', 'i', '!', 'i', '0', 'o', '$', 's', '5', 's',
                    '7', 't');

    private final CommonPasswords common;

    PasswordPolicy(CommonPasswords common) {
        this.common = common;
    }

    /// A password that someone chooses.
    ///
    /// @param field what a refusal names
    /// @param names what everyone may know of the user: user name, display name, address
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` that says which rule
    ///   refuses it
    Password choose(String field, String text, Collection<String> names) {
        Password password = Password.choose(field, text);
        refusal(fold(text), names)
                .ifPresent(reason -> {
                    throw new Problem.Invalid(field, reason).exception();
                });
        return password;
    }

    private Optional<String> refusal(String folded, Collection<String> names) {
        String unit = unit(folded);
        if (common.contains(folded) || common.contains(unit)) {
            return Optional.of("is on the list of common and breached passwords");
        }
        if (folded.codePoints().distinct().count() < FEWEST_DIFFERENT || isCounted(folded)) {
            return Optional.of("repeats or counts: choose something that cannot be guessed on");
        }
        if (unit.length() < Password.MIN_LENGTH) {
            return Optional.of("repeats something that is too short alone");
        }
        String core = AROUND.matcher(unit).replaceAll("");
        if (unit.length() - core.length() <= FEW
                && (common.contains(core) || common.contains(plain(core)))) {
            return Optional.of("is a common password with digits or signs around it");
        }
        return isMadeOf(folded, names)
                ? Optional.of("is little more than your name, your address or the product's name")
                : Optional.empty();
    }

    /// Whether most characters are the one before, or next to it: `abcdefgh1234`, `998877665544`.
    private static boolean isCounted(String text) {
        long near = 0;
        for (int i = 1; i < text.length(); i++) {
            if (Math.abs(text.charAt(i) - text.charAt(i - 1)) <= 1) {
                near++;
            }
        }
        return near >= COUNTED * (text.length() - 1);
    }

    /// The shortest text that, repeated, gives this one; all of it when it does not repeat.
    private static String unit(String text) {
        for (int period = 1; period <= text.length() / 2; period++) {
            if (text.startsWith(text.substring(period))) {
                return text.substring(0, period);
            }
        }
        return text;
    }

    private static boolean isMadeOf(String folded, Collection<String> names) {
        List<String> known =
                Stream.concat(Stream.of(PRODUCT), names.stream())
                        .map(PasswordPolicy::fold)
                        .flatMap(
                                name -> Stream.concat(Stream.of(name), BETWEEN.splitAsStream(name)))
                        .filter(name -> name.length() >= SHORTEST_NAME)
                        .distinct()
                        .sorted(Comparator.comparing(String::length).reversed())
                        .toList();
        String rest = folded;
        for (String name : known) {
            rest = rest.replace(name, "");
        }
        return !rest.equals(folded) && BETWEEN.matcher(rest).replaceAll("").length() < FEW;
    }

    private static String plain(String text) {
        var plain = new StringBuilder(text);
        for (int i = 0; i < plain.length(); i++) {
            char letter = plain.charAt(i);
            plain.setCharAt(i, LEET.getOrDefault(letter, letter));
        }
        return plain.toString();
    }

    private static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
