package dev.drawbridge.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.gateway.client.Outcome;

import io.vertx.core.Future;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Set;

class SwitchedOffTest {
    private static final List<Tool> TOOLS = List.of(new Named("one"), new Named("two"));

    /// A tool that does nothing.
    private record Named(String name) implements Tool {
        @Override
        public ToolDefinition definition() {
            return new ToolDefinition(
                    name,
                    name,
                    name,
                    Schemas.of().closed(),
                    Schemas.of().open(),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.DEFAULT));
        }

        @Override
        public Future<Outcome<ToolAnswer>> call(ToolCall call) {
            return Future.succeededFuture(Outcome.done(new ToolAnswer(name, "{}", 0)));
        }
    }

    @Test
    void a_tool_that_is_off_is_not_there() {
        var registry = new Registry(TOOLS, List.of(), () -> Optional.of(Set.of("one")));

        assertThat(registry.builtIn())
                .extracting(it -> it.definition().name())
                .containsExactly("two");
        assertThat(registry.find("default", "one")).isNull();
        assertThat(registry.find("default", "two")).isNotNull();
        assertThat(new Registry(TOOLS, List.of(), Optional::empty).builtIn()).hasSize(2);
    }

    @Test
    void a_name_that_there_is_not_stops_the_start_and_is_told() {
        assertThatThrownBy(() -> new Registry(TOOLS, List.of(), () -> Optional.of(Set.of("on"))))
                .hasMessage("gateway.tool.off: there is no on; there are one, two");
    }
}
