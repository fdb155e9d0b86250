package dev.drawbridge.system.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.suite.Drawbridge;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.Test;

/// What `up` prints for a person.
@WithSuite
class PageTest {
    private final Suite suite;
    private final Drawbridge.Outcome up;

    PageTest(Suite suite) {
        this.suite = suite;
        this.up = new Drawbridge().run(suite.home().up("--detach"));
    }

    @Test
    void names_the_endpoint_and_the_demos_callers() {
        assertThat(up.exitCode()).as(up.stderr()).isZero();
        assertThat(up.stdout())
                .contains(suite.summary().mcp(), suite.auth(), suite.summary().demo().dsn());
        suite.summary()
                .demo()
                .callers()
                .forEach(caller ->
                        assertThat(up.stdout())
                                .contains(caller.username(), caller.password(), caller.token()));
    }

    @Test
    void has_a_block_to_paste_for_each_client() {
        assertThat(up.stdout())
                .contains(
                        "claude mcp add --transport http drawbridge " + suite.summary().mcp(),
                        "\"mcpServers\"",
                        "\"servers\"",
                        "\"httpUrl\"",
                        "@modelcontextprotocol/inspector",
                        "mcp-remote@0.15.1 " + suite.summary().mcp());
    }

    @Test
    void says_how_a_search_by_meaning_works() {
        assertThat(up.stdout()).containsPattern("semantic search +(pgvector [0-9.]+|over arrays),");
    }

    @Test
    void says_where_the_administrators_password_is_and_not_what_it_is() {
        assertThat(up.stdout())
                .contains(suite.summary().admin().passwordFile())
                .doesNotContain(suite.adminPassword());
    }
}
