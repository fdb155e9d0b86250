package dev.drawbridge.local.summary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drawbridge.local.demo.Demo;
import dev.drawbridge.local.demo.VectorSearch;
import dev.drawbridge.local.home.Home;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class SummaryTest {
    private static final String MCP = "http://127.0.0.1:8081/mcp/v1";
    private static final Summary SUMMARY =
            new Summary(
                    Map.of("auth-service", new Summary.Service("http://127.0.0.1:8082", true)),
                    MCP,
                    new Summary.Store("postgresql://127.0.0.1:15432/drawbridge"),
                    new Summary.Admin("admin", "/home/secrets/admin"),
                    new Demo(
                            "c1",
                            "retail",
                            "postgresql://retail_agent:pw@127.0.0.1:15432/retail",
                            List.of(new Demo.Caller("head-office", "head-office", "pw", "dbk_x"))),
                    new VectorSearch("pgvector", "0.8.5", null));

    @Test
    void has_the_shape_that_scripts_build_on() throws JsonProcessingException {
        var mapper = new ObjectMapper();

        assertThat(mapper.readTree(SUMMARY.json()))
                .isEqualTo(
                        mapper.readTree(
                                """
                                {"services": {"auth-service": {"url": "http://127.0.0.1:8082", "ready": true}},
                                 "mcp": "http://127.0.0.1:8081/mcp/v1",
                                 "datastore": {"url": "postgresql://127.0.0.1:15432/drawbridge"},
                                 "admin": {"username": "admin", "passwordFile": "/home/secrets/admin"},
                                 "demo": {"connection": "c1", "database": "retail",
                                          "dsn": "postgresql://retail_agent:pw@127.0.0.1:15432/retail",
                                          "callers": [{"name": "head-office", "username": "head-office",
                                                       "password": "pw", "token": "dbk_x"}]},
                                 "semanticSearch": {"method": "pgvector", "version": "0.8.5"}}
                                """));
    }

    @Test
    void leaves_out_what_is_not_there() {
        var bare = new Summary(Map.of(), null, SUMMARY.datastore(), SUMMARY.admin(), null, null);

        assertThat(bare.json()).doesNotContain("mcp", "demo", "null");
    }

    @Test
    void is_found_again_by_status(@TempDir Path folder) {
        var home = Home.open(folder, folder);

        SUMMARY.keep(home);

        assertThat(Summary.kept(home)).contains(SUMMARY);
    }

    @Test
    void says_which_search_it_is_and_why() {
        var without =
                new Summary(
                        Map.of(),
                        null,
                        SUMMARY.datastore(),
                        SUMMARY.admin(),
                        SUMMARY.demo(),
                        new VectorSearch("arrays", null, "python3 -m pip is not at hand"));

        assertThat(Page.of(SUMMARY)).contains("pgvector 0.8.5, with an index");
        assertThat(Page.of(without))
                .contains(
                        "over arrays, every row compared; no pgvector: python3 -m pip is not at hand");
    }

    @Test
    void tells_readiness_as_it_is_now() {
        var now = SUMMARY.asOfNow(_ -> false);

        assertThat(now.isReady()).isFalse();
        assertThat(now.services()).containsOnlyKeys("auth-service");
    }

    /// Without one, npm takes an old Inspector for an old Node.js, which refuses these arguments.
    @Test
    void names_the_version_of_the_inspector_that_was_tried() {
        assertThat(Clients.blocks(MCP, "dbk_x").values())
                .filteredOn(block -> block.contains("inspector"))
                .singleElement()
                .asString()
                .startsWith("npx @modelcontextprotocol/inspector@2.12.0 --cli ");
    }

    @Test
    void shows_people_every_client_with_a_token() throws JsonProcessingException {
        var blocks = Clients.blocks(MCP, "dbk_x");

        assertThat(Page.of(SUMMARY)).contains(blocks.keySet());
        for (String block : blocks.values()) {
            assertThat(block).contains(MCP, "Bearer dbk_x");
            if (block.startsWith("{")) {
                assertThat(new ObjectMapper().readTree(block).findValue("drawbridge")).isNotNull();
            }
        }
    }
}
