package dev.drawbridge.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;
import java.util.List;

class GuardRulesTest {
    @Test
    void names_are_whole_and_a_star_stands_for_all_of_a_schema() {
        var rules = new GuardRules(List.of("app.report", "open.*"), List.of("app.slow"));

        assertThat(rules.allows("app.report")).isTrue();
        assertThat(rules.allows("app.reports")).isFalse();
        assertThat(rules.allows("open.anything")).isTrue();
        assertThat(rules.allows("opened.anything")).isFalse();
        assertThat(rules.denies("app.slow")).isTrue();
        assertThat(rules.denies("app.report")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "report", ".report", "app.", "a\nb.c", "*", "*.*x\u0000"})
    void what_is_no_name_is_refused(String name) {
        assertThatThrownBy(() -> new GuardRules(null, List.of(name)))
                .hasMessageContaining("VALIDATION_ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_catalog.set_config", "pg_catalog.*", "information_schema.tables"})
    void what_postgresql_has_itself_cannot_be_allowed(String name) {
        assertThatThrownBy(() -> new GuardRules(List.of(name), null))
                .hasMessageContaining("VALIDATION_ERROR");
        assertThat(new GuardRules(null, List.of(name)).deny()).containsExactly(name);
    }

    @Test
    void null_and_a_thousand_names_more_are_refused() {
        assertThatThrownBy(() -> new GuardRules(Collections.singletonList(null), null))
                .hasMessageContaining("VALIDATION_ERROR");
        assertThatThrownBy(() -> new GuardRules(Collections.nCopies(1_001, "a.b"), null))
                .hasMessageContaining("VALIDATION_ERROR");
        assertThat(new GuardRules(Collections.nCopies(1_000, "a.b"), null).allow()).hasSize(1);
    }

    @Test
    void a_name_is_as_long_as_postgresqls_two() {
        String longest = "s".repeat(63) + "." + "n".repeat(63);

        assertThat(new GuardRules(List.of(longest), null).allows(longest)).isTrue();
        assertThatThrownBy(() -> new GuardRules(List.of(longest + "n"), null))
                .hasMessageContaining("VALIDATION_ERROR");
    }
}
