package dev.drawbridge.system.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;

/// Whoever follows the README sees what it shows.
@WithSuite
class ReadmeTest {
    private final Suite suite;
    private final Readme readme = new Readme();

    ReadmeTest(Suite suite) {
        this.suite = suite;
    }

    @ParameterizedTest
    @EnumSource(RetailIdentity.class)
    void shows_the_beginning_of_what_the_question_is_answered(RetailIdentity identity) {
        String caller = identity.username(suite);
        var program =
                new Program(
                        Checkout.root(),
                        List.of(
                                "node",
                                "docs/ask.mjs",
                                caller,
                                readme.question(),
                                "--home",
                                suite.home().folder().toString()));

        String answer = program.output(Map.of("JAVA_HOME", System.getProperty("java.home")));

        assertThat(unmarked(answer.lines().toList()))
                .startsWith(unmarked(readme.answers().get(caller)).toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(RetailIdentity.class)
    void counts_as_the_database_does(RetailIdentity identity) {
        int rows = identity.truth(suite, readme.question()).size();
        var counts =
                identity.truth(
                                suite,
                                "select count(*), count(distinct store_id) from retail.orders")
                        .getFirst();

        assertThat(readme.counts().get(identity.username(suite)))
                .containsExactly(String.valueOf(rows), counts.get(0), counts.get(1));
    }

    /// The marks around data have another id in each answer.
    private static List<String> unmarked(List<String> lines) {
        return lines.stream().map(line -> line.replaceAll("data-[0-9a-f]{16}", "data")).toList();
    }
}
