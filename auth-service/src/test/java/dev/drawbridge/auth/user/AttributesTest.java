package dev.drawbridge.auth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class AttributesTest {

    @Test
    void are_texts_numbers_and_truths() {
        Map<String, Object> attributes = Map.of("region", "north", "store_id", 7, "active", true);

        assertThat(Attributes.check(Collections.unmodifiableMap(attributes))).isEqualTo(attributes);
        assertThat(Attributes.check(null)).isEmpty();
    }

    @Test
    void are_nothing_else() {
        for (Object value : Arrays.asList(null, List.of(), Map.of(), "x".repeat(1_001))) {
            assertThatThrownBy(() -> Attributes.check(Collections.singletonMap("store", value)))
                    .hasMessageContaining("attributes.store: must be");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1store", "store id", "store'", "é"})
    void have_names_that_fit_a_setting(String name) {
        assertThatThrownBy(() -> Attributes.check(Collections.singletonMap(name, 1)))
                .hasMessageContaining("attributes: names begin");
    }

    @Test
    void are_few() {
        Map<String, Object> many =
                IntStream.range(0, 51).boxed().collect(Collectors.toMap(i -> "a" + i, i -> i));

        assertThatThrownBy(() -> Attributes.check(many)).hasMessageContaining("at most 50");
    }
}
