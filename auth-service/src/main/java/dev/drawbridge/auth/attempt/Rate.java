package dev.drawbridge.auth.attempt;

import io.quarkus.runtime.configuration.DurationConverter;

import java.time.Duration;
import java.util.regex.Pattern;

/// So many in a span of time: all of them at once, then as many again spread evenly over it.
/// Written `60/5m`.
///
/// @param count at least 1
/// @param within at least a millisecond for each
public record Rate(int count, Duration within) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,7})\\s*/\\s*(\\S+)");

    public Rate {
        if (count < 1 || within.toMillis() < count) {
            throw new IllegalArgumentException(
                    "must be a count of at least 1 and a time of at least a millisecond for each");
        }
    }

    /// Reads `count/duration`, as configuration has it.
    ///
    /// @throws IllegalArgumentException for anything else
    public static Rate parse(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(text + " is no rate such as 60/5m");
        }
        return new Rate(
                Integer.parseInt(form.group(1)), DurationConverter.parseDuration(form.group(2)));
    }

    /// How long it takes until one more is allowed.
    public Duration interval() {
        return within.dividedBy(count);
    }

    @Override
    public String toString() {
        return count + "/" + within.toSeconds() + "s";
    }
}
