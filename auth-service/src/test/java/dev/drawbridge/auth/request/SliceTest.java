package dev.drawbridge.auth.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.sql.Db;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

class SliceTest {

    @Test
    void begins_at_the_beginning_with_fifty() {
        assertThat(Slice.parse(null, null)).isEqualTo(new Slice(50, new UUID(0, 0)));
    }

    @Test
    void goes_on_after_the_last_item_of_a_page() {
        List<UUID> rows = Stream.generate(Db::newId).limit(3).toList();
        var slice = Slice.parse("2", null);

        Page<UUID> page = Page.of(rows, slice, Function.identity());

        assertThat(page.items()).isEqualTo(rows.subList(0, 2));
        assertThat(Slice.parse("2", page.nextCursor()).after()).isEqualTo(rows.get(1));
    }

    @Test
    void has_no_next_page_after_the_last() {
        List<UUID> rows = Stream.generate(Db::newId).limit(2).toList();

        assertThat(Page.of(rows, Slice.parse("2", null), Function.identity()).nextCursor())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "201", "ten", "1.5", "99999999999"})
    void takes_a_limit_from_1_to_200(String limit) {
        assertThatThrownBy(() -> Slice.parse(limit, null)).hasMessageContaining("limit: must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "!", "AAAAAAAAAAAAAAAAAAAAAAAA"})
    void takes_only_a_cursor_that_it_gave(String cursor) {
        assertThatThrownBy(() -> Slice.parse(null, cursor)).hasMessageContaining("cursor: must be");
    }
}
