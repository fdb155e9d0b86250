package dev.drawbridge.gateway.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.gateway.sqlguard.ReadOnlySql;
import dev.drawbridge.problem.Problem;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class IndexSearchTest {
    private static final Query QUERY =
            new Query("queries.0", ReadOnlySql.parse("select 1 from gone"), 1);

    @Test
    void a_statement_without_a_plan_is_left_out() {
        var gone = new Problem.Database("42P01", "no such relation", null, 0);
        var search = new IndexSearch(failing(new UnplannableException(gone, gone.exception())));

        assertThat(search.recommend(List.of(QUERY))).isEmpty();
        assertThat(search.skipped()).containsEntry("queries.0", "no such relation");
    }

    @Test
    void what_is_wrong_with_the_database_ends_the_search() {
        var full = new Problem.Overloaded(Duration.ofSeconds(1));
        var search = new IndexSearch(failing(full.exception()));

        assertThatThrownBy(() -> search.recommend(List.of(QUERY)))
                .hasMessageContaining("OVERLOADED");
    }

    /// A database that answers no question for a plan.
    private static Planner failing(RuntimeException failure) {
        return new Planner() {
            @Override
            public boolean hasHypopg() {
                return false;
            }

            @Override
            public Answer plan(ReadOnlySql sql, List<String> indexes) {
                throw failure;
            }

            @Override
            public List<Table> tables(List<List<String>> names) {
                return List.of();
            }

            @Override
            public List<String> immutable(List<String> functions) {
                return List.of();
            }

            @Override
            public Costs costs() {
                return new Costs(1, 1, 1, 1, 1);
            }
        };
    }
}
