package dev.drawbridge.gateway.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A text that the server has cut anywhere shows no value.
class StatementTextsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select a from t where b = 'Sesame, it''s open' and c = E'Sesame\\' Sesame' -- x",
                "select $tag$ Sesame $ Sesame 'Sesame $tag$, \"Name\" from t /* Sesame ' */ limit 5",
                "select 'a' 'Sesame', U&'Sesame \\0041', B'101', x from \"t'able\" where y = 'Sesame'"
            })
    void a_cut_text_shows_no_value(String text) {
        for (int end = 0; end <= text.length(); end++) {
            String shown = StatementTexts.withoutLiterals(text.substring(0, end));

            assertThat(shown).as("cut at %d", end).doesNotContain("Sesame", "esame", "open", "101");
        }
    }
}
