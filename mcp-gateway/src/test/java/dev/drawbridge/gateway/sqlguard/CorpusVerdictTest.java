package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.grammar.Grammar;
import dev.drawbridge.grammar.ParseTree;
import dev.drawbridge.grammar.SyntaxException;
import dev.drawbridge.problem.ProblemException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Set;

/// What the guard says of the corpora before any database is asked.
class CorpusVerdictTest {
    /// Attacks that no name and no node gives away: the catalog, the transaction, rights and bounds
    /// stop them.
    private static final Set<String> TOPICS_OF_OTHERS =
            Set.of("inference", "user-code", "denial", "bounds");

    private static final Set<String> ATTACKS_OF_OTHERS =
            Set.of(
                    "secrets/statistics",
                    "secrets/stats",
                    "secrets/stats_of_expressions",
                    "secrets/wal_receiver",
                    "secrets/hidden_setting_function");

    private final Grammar grammar = new Grammar(1);
    private final ReadPolicy policy = ReadPolicy.load();

    @Test
    void attacks_are_refused() throws IOException {
        assertThat(Attack.all().stream().filter(it -> !TOPICS_OF_OTHERS.contains(it.topic())))
                .filteredOn(attack -> passes(attack.plain()))
                .extracting(Attack::id)
                .containsExactlyInAnyOrderElementsOf(ATTACKS_OF_OTHERS);
    }

    @Test
    void what_else_is_denied_is_refused() {
        assertThat(AnalyticsStatement.text("denied.sql").lines().skip(1))
                .filteredOn(this::passes)
                .isEmpty();
    }

    @Test
    void reads_pass() {
        assertThat(AnalyticsStatement.corpus()).filteredOn(read -> !passes(read.sql())).isEmpty();
    }

    /// By the file itself, not by what was read of it before.
    private boolean passes(String sql) {
        try {
            ParseTree tree = grammar.parse(sql);
            new ReadRules(policy, tree).check(tree.statements().path(0).path("stmt"), 0);
            return tree.statements().size() == 1;
        } catch (ProblemException | SyntaxException refused) {
            return false;
        }
    }
}
