package dev.drawbridge.gateway.sqlguard;

import dev.drawbridge.problem.ProblemException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;

/// What the answer to an attack shows that it should not.
final class AttackAnswer {
    private static final String FOREIGN = "canary";

    /// What the statements of that topic fail with for a row that they should not see.
    private static final String INFERRED = "division by zero";

    private static final String COUNTED = "count of all rows";
    private static final Pattern COUNT = Pattern.compile("(?<![\\d.])(4217|4207)(?![\\d.])");

    private AttackAnswer() {}

    /// What a caller is told of a failure.
    static String of(CompletionException failure) {
        return failure.getCause() instanceof ProblemException known
                ? known.problem().toString()
                : String.valueOf(failure.getCause());
    }

    /// The words for what it shows.
    static List<String> effects(Attack attack, String answer) {
        List<String> effects = new ArrayList<>();
        boolean inferred = attack.topic().equals("inference") && answer.contains(INFERRED);
        if (inferred || answer.contains(FOREIGN)) {
            effects.add("rows of others");
        }
        if (COUNTED.equals(attack.effect()) && COUNT.matcher(answer).find()) {
            effects.add(COUNTED);
        }
        return effects;
    }
}
