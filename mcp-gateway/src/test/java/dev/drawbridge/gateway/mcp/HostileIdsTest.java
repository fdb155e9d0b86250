package dev.drawbridge.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.StatelessClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.WriteCase;
import dev.drawbridge.gateway.mcp.task.Ending;
import dev.drawbridge.gateway.mcp.task.KeptCall;
import dev.drawbridge.gateway.mcp.task.Tasks;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.sql.SecretBox;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Whatever the gateway hands out is a name and no capability: with somebody else it reads like one
/// that never was, and its owner goes on undisturbed.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class HostileIdsTest extends WriteCase {
    private static final String DELETE = "delete from till.sale";
    private static final String PAGED = "select n from generate_series(1, 1000) n";

    @Inject SecretBox secrets;
    @Inject Tasks tasks;

    private Caller alice;

    /// How one is got by alice, and used by anybody.
    enum Kind {
        SESSION {
            @Override
            String got(HostileIdsTest test) {
                return McpClient.connect(test.endpoint, "alice").session();
            }

            @Override
            String used(HostileIdsTest test, String bearer, String id) {
                return McpClient.in(test.endpoint, bearer, id)
                        .post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")
                        .body();
            }
        },
        QUERY_CURSOR {
            @Override
            String got(HostileIdsTest test) {
                return structured(test.query("alice", PAGED)).getString("nextCursor");
            }

            @Override
            String used(HostileIdsTest test, String bearer, String id) {
                return test.call(bearer, "query_database", sql(PAGED).put("cursor", id)).encode();
            }
        },
        /// Of a list that is longer than a page, which needs more tools than there are.
        LIST_CURSOR {
            @Override
            String got(HostileIdsTest test) {
                return test.secrets.seal(
                        "list\n" + test.alice.id() + "\ntools/list",
                        "a".getBytes(StandardCharsets.UTF_8));
            }

            @Override
            String used(HostileIdsTest test, String bearer, String id) {
                return test.stateless(bearer, "tools/list", new JsonObject().put("cursor", id));
            }
        },
        CONFIRMATION {
            @Override
            String got(HostileIdsTest test) {
                return structured(test.execute("alice", DELETE)).getString("confirmation");
            }

            @Override
            String used(HostileIdsTest test, String bearer, String id) {
                return test.execute(bearer, onTill(DELETE).put("confirmation", id)).encode();
            }
        },
        REQUEST_STATE {
            @Override
            String got(HostileIdsTest test) {
                return test.asked().getString("requestState");
            }

            @Override
            String used(HostileIdsTest test, String bearer, String id) {
                return test.confirmed(bearer, "execute_sql", onTill(DELETE), id);
            }
        },
        TASK_THAT_IS_ASKED_FOR {
            @Override
            String got(HostileIdsTest test) {
                return test.task();
            }

            @Override
            String used(HostileIdsTest test, String bearer, String id) {
                return test.stateless(bearer, "tasks/get", new JsonObject().put("taskId", id));
            }
        },
        TASK_THAT_IS_ANSWERED {
            @Override
            String got(HostileIdsTest test) {
                return test.task();
            }

            @Override
            String used(HostileIdsTest test, String bearer, String id) {
                return test.stateless(
                        bearer,
                        "tasks/update",
                        new JsonObject().put("taskId", id).put("inputResponses", yes()));
            }
        },
        TASK_THAT_IS_CANCELLED {
            @Override
            String got(HostileIdsTest test) {
                return test.task();
            }

            @Override
            String used(HostileIdsTest test, String bearer, String id) {
                return test.stateless(bearer, "tasks/cancel", new JsonObject().put("taskId", id));
            }
        };

        abstract String got(HostileIdsTest test);

        /// What the client reads.
        abstract String used(HostileIdsTest test, String bearer, String id);
    }

    @BeforeEach
    void sameRights() {
        String[] grants = {"connection:*", "write", "tool:*", "read", "resource:*", "read"};
        alice = TestCallers.know("alice", Map.of("owner", "alice"), grants);
        TestCallers.know("bob", Map.of("owner", "bob"), grants);
    }

    @ParameterizedTest
    @EnumSource
    void another_s_reads_like_one_that_never_was_and_its_owner_goes_on(Kind kind) {
        String id = kind.got(this);
        String made = "made" + id.substring(4);

        String foreign = kind.used(this, "bob", id);

        assertThat(isRefused(foreign)).as(foreign).isTrue();
        assertThat(told(foreign, id)).isEqualTo(told(kind.used(this, "bob", made), made));
        assertThat(foreign).doesNotContain("alice");
        assertThat(sales()).isEqualTo(UNTOUCHED);
        String own = kind.used(this, "alice", id);
        assertThat(isRefused(own)).as(own).isFalse();
    }

    /// Each character becomes another one, so that what it stands for changes.
    @ParameterizedTest
    @EnumSource
    void a_changed_one_is_none_wherever_it_was_changed(Kind kind) {
        String id = kind.got(this);
        for (int at = 0; at < id.length(); at++) {
            String changed = id.substring(0, at) + other(id.charAt(at)) + id.substring(at + 1);

            String answer = kind.used(this, "alice", changed);

            assertThat(isRefused(answer)).as("%d of %s: %s", at, id, answer).isTrue();
        }
        for (String changed : new String[] {id.substring(0, id.length() - 4), id + "AAAA", "-"}) {
            String answer = kind.used(this, "alice", changed);
            assertThat(isRefused(answer)).as("%s: %s", changed, answer).isTrue();
        }
        assertThat(sales()).isEqualTo(UNTOUCHED);
        assertThat(isRefused(kind.used(this, "alice", id))).isFalse();
    }

    @Test
    void a_request_state_is_for_one_request() {
        String state = asked().getString("requestState");
        TestCallers.limited("alice's other", 1_000, 1, alice);
        JsonObject place = onTill(DELETE).put("connection_id", yard);

        assertThat(isRefused(confirmed("alice", "query_database", onTill(DELETE), state))).isTrue();
        assertThat(isRefused(confirmed("alice", "execute_sql", place, state))).isTrue();
        for (String sql :
                new String[] {DELETE + " ", "delete from till.big", "truncate till.sale"}) {
            assertThat(isRefused(confirmed("alice", "execute_sql", onTill(sql), state))).isTrue();
        }
        assertThat(isRefused(confirmed("alice's other", "execute_sql", onTill(DELETE), state)))
                .isTrue();
        assertThat(sales()).isEqualTo(UNTOUCHED);

        assertThat(confirmed("alice", "execute_sql", onTill(DELETE), state)).contains("committed");
        assertThat(isRefused(confirmed("alice", "execute_sql", onTill(DELETE), state))).isTrue();
    }

    /// A task of alice's that goes on.
    private String task() {
        var call =
                new KeptCall(
                        alice,
                        "query_database",
                        sql("select 1"),
                        new CancelSignal(),
                        Promise.<Ending>promise().future());
        var kept = tasks.keep(call).toCompletionStage().toCompletableFuture().join();
        return kept.orElseThrow().id().toString();
    }

    /// The question that alice is asked before everything is deleted.
    private JsonObject asked() {
        JsonObject answer =
                new JsonObject(
                        StatelessClient.of(endpoint, "alice")
                                .withElicitation()
                                .call("execute_sql", onTill(DELETE))
                                .body());
        assertThat(answer.getJsonObject("result").getString("resultType"))
                .isEqualTo("input_required");
        return answer.getJsonObject("result");
    }

    private String confirmed(String bearer, String tool, JsonObject arguments, String state) {
        return StatelessClient.of(endpoint, bearer)
                .withElicitation()
                .post(
                        "tools/call",
                        new JsonObject()
                                .put("name", tool)
                                .put("arguments", arguments)
                                .put("inputResponses", yes())
                                .put("requestState", state))
                .body();
    }

    private static JsonObject yes() {
        return new JsonObject()
                .put(
                        "confirm",
                        new JsonObject()
                                .put("action", "accept")
                                .put("content", new JsonObject().put("confirm", true)));
    }

    private String stateless(String bearer, String method, JsonObject params) {
        return StatelessClient.of(endpoint, bearer).withTasks().post(method, params).body();
    }

    private static boolean isRefused(String answer) {
        return answer.contains("NOT_FOUND") || answer.contains("VALIDATION_ERROR");
    }

    /// Without what differs from answer to answer, and what was asked with.
    private static String told(String answer, String id) {
        return answer.replace(id, "ID").replaceAll("\"traceId\":\"[0-9a-f]+\"", "");
    }

    /// In Base64, where the last bits of a text may stand for nothing, the first bit is another.
    private static char other(char one) {
        return (one >= 'A' && one <= 'Z') || (one >= 'a' && one <= 'f') ? 'w' : 'B';
    }
}
