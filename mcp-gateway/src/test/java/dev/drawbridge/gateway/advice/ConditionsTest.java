package dev.drawbridge.gateway.advice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/// Conditions as EXPLAIN (VERBOSE) wrote them.
class ConditionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    (o.id = 7)                                    | EQUAL       | id
                    (7 < o.id)                                    | RANGE       | id
                    ((o.status)::text = 'open (x)'::text)         | EQUAL       | status
                    ((o."Order" )::text = $1)                     | EQUAL       | "Order"
                    (o.id = ANY ('{1,2}'::integer[]))             | EQUAL       | id
                    (lower(o.email) = 'it''s'::text)              | EQUAL       | (lower(email))
                    ((o.attributes ->> 'a'::text) = 'b'::text)    | EQUAL       | (attributes ->> 'a'::text)
                    (o.name ~~ 'Ann%'::text)                      | PREFIX      | name
                    (o.name ~~ '%ann'::text)                      | OTHER       | name
                    (o.tags @> '{a}'::text[])                     | CONTAINS    | tags
                    ('{a}'::text[] <@ o.tags)                     | CONTAINS    | tags
                    (o.cancelled IS NOT NULL)                     | IS_NOT_NULL | cancelled
                    (o.cancelled IS NULL)                         | IS_NULL     | cancelled
                    o.active                                      | EQUAL       | active
                    (NOT o.active)                                | EQUAL       | active
                    (o.total > (InitPlan 1).col1)                 | RANGE       | total
                    (o.total = $0)                                | EQUAL       | total
                    """)
    void a_comparison_is_read_with_what_an_index_would_be_on(
            String text, Condition.Kind kind, String key) {
        List<Condition> conditions = Conditions.of(text);

        assertThat(conditions).hasSize(1);
        assertThat(conditions.getFirst().kind()).isEqualTo(kind);
        assertThat(conditions.getFirst().side().key()).isEqualTo(key);
        assertThat(conditions.getFirst().side().alias()).isEqualTo("o");
    }

    @Test
    void those_that_must_all_hold_are_read_one_by_one() {
        assertThat(
                        Conditions.of(
                                "((o.cancelled IS NULL) AND (o.total >= 1) AND (o.total <= $1) AND"
                                        + " ((o.a = 1) OR (o.b = 2)))"))
                .extracting(it -> it.side().key())
                .containsExactly("cancelled", "total", "total");
    }

    @Test
    void a_join_has_two_sides() {
        Condition join = Conditions.of("(l.purchase_id = p.id)").getFirst();

        assertThat(join.isJoin()).isTrue();
        assertThat(join.turned().side().key()).isEqualTo("id");
        assertThat(join.isConstant()).isFalse();
    }

    @Test
    void only_what_is_known_now_is_constant() {
        assertThat(Conditions.of("(o.status = 'open'::text)").getFirst().isConstant()).isTrue();
        assertThat(Conditions.of("(o.status = $1)").getFirst().isConstant()).isFalse();
        assertThat(Conditions.of("(o.owner = current_setting('a'::text))").getFirst().isConstant())
                .isFalse();
        assertThat(Conditions.of("(o.made = CURRENT_DATE)").getFirst().isConstant()).isFalse();
    }

    @Test
    void what_cannot_be_read_is_passed_over() {
        assertThat(Conditions.of("(hashed SubPlan 1)")).isEmpty();
        assertThat(Conditions.of("(ANY (o.id = (hashed SubPlan 1).col1))")).isEmpty();
        assertThat(Conditions.of("not sql (")).isEmpty();
        assertThat(Conditions.of("")).isEmpty();
    }
}
