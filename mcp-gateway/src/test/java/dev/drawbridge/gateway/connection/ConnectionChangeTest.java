package dev.drawbridge.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.gateway.cache.CacheRule;
import dev.drawbridge.gateway.catalog.GuardRules;
import dev.drawbridge.gateway.pool.Environment;
import dev.drawbridge.gateway.pool.PoolRules;
import dev.drawbridge.gateway.sqlguard.WriteMode;
import dev.drawbridge.gateway.target.Endpoint;
import dev.drawbridge.gateway.target.Endpoint.Role;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.json.JsonObject;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

class ConnectionChangeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'host':'elsewhere.example'}",
                "{'port':5433}",
                "{'tlsMode':'disable'}",
                "{'tlsMode':'require'}",
                "{'tlsCaCertificate':'another'}",
                "{'tlsCaCertificate':''}",
                "{'url':'postgres://agent@elsewhere.example/postgres'}",
                "{'url':'postgres://agent@db.example,elsewhere.example/postgres'}",
                "{'url':'postgres://agent@db.example/postgres?sslmode=require'}",
                "{'endpoints':[{'host':'elsewhere.example'}]}",
                "{'endpoints':[{'host':'standby.example','port':5433}]}",
                "{'host':'db.example','port':6432,'maxConnections':3}"
            })
    void a_password_goes_to_another_server_only_with_who_knows_it(String change) {
        assertThatThrownBy(() -> change(change).requirePasswordFor(before()))
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .extracting(ProblemException::problem)
                .asInstanceOf(InstanceOfAssertFactories.type(Problem.Invalid.class))
                .extracting(Problem.Invalid::field)
                .isEqualTo("password");

        assertThatCode(() ->
                        change(change.replaceFirst("}$", ",'password':'x'}"))
                                .requirePasswordFor(before()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'name':'new'}",
                "{'username':'other','database':'other'}",
                "{'host':'db.example','port':5432,'tlsMode':'verify-ca','tlsCaCertificate':'ours'}",
                "{'tlsMode':'verify-full'}",
                "{'mode':'transaction','region':'there','endpoints':[]}",
                "{'endpoints':[{'host':'STANDBY.example','role':'replica','region':'there'}]}",
                "{'url':'postgres://agent@db.example/postgres?sslmode=verify-full'}"
            })
    void a_password_stays_where_its_server_does(String change) {
        assertThatCode(() -> change(change).requirePasswordFor(before()))
                .doesNotThrowAnyException();
    }

    @Test
    void a_url_becomes_the_fields_and_is_kept_nowhere() {
        var change =
                change(
                        "{'name':'shop','url':'postgres://agent:hush@one.example:6543,"
                                + "two.example/shop?sslmode=verify-full'}");

        change.requireComplete();
        assertThat(change.url()).isNull();
        assertThat(change.host()).isEqualTo("one.example");
        assertThat(change.port()).isEqualTo(6543);
        assertThat(change.username()).isEqualTo("agent");
        assertThat(change.password()).isEqualTo("hush");
        assertThat(change.database()).isEqualTo("shop");
        assertThat(change.tlsMode()).isEqualTo(TlsMode.VERIFY_FULL);
        assertThat(change.mode()).isEqualTo(PoolMode.TRANSACTION);
        assertThat(change.endpoints())
                .containsExactly(
                        new Endpoint("two.example", 5432, PoolMode.DIRECT, Role.PRIMARY, null));
        assertThat(JsonObject.mapFrom(change.withoutSecrets()).encode()).doesNotContain("hush");
        assertThat(change.toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'host':'elsewhere.example'",
                "'port':5433",
                "'username':'other'",
                "'password':'other'",
                "'database':'other'",
                "'tlsMode':'disable'"
            })
    void what_a_url_says_is_not_said_otherwise_beside_it(String field) {
        String url = "postgres://agent:hush@db.example:5432/shop?sslmode=require";

        assertThatThrownBy(() -> change("{'url':'" + url + "'," + field + "}"))
                .hasStackTraceContaining(field.substring(1, field.indexOf('\'', 1)))
                .hasStackTraceContaining("is something else in the url");
    }

    @Test
    void a_declared_mode_goes_before_one_that_is_told() {
        assertThat(change("{'url':'postgres://db.example:6543','mode':'session'}").mode())
                .isEqualTo(PoolMode.SESSION);
    }

    private static ConnectionChange change(String json) {
        return new JsonObject(json.replace('\'', '"')).mapTo(ConnectionChange.class);
    }

    private static Connection before() {
        var now = OffsetDateTime.now();
        return new Connection(
                UUID.randomUUID(),
                "default",
                "shop",
                "db.example",
                5432,
                "postgres",
                "agent",
                "k1:sealed",
                TlsMode.VERIFY_CA,
                "ours",
                null,
                PoolMode.DIRECT,
                false,
                "here",
                List.of(new Endpoint("standby.example", 5432, PoolMode.DIRECT, Role.REPLICA, null)),
                Environment.PROD,
                5,
                false,
                WriteMode.DML,
                false,
                Rls.NONE,
                GuardRules.NONE,
                CacheRule.NONE,
                PoolRules.NONE,
                List.of(),
                List.of(),
                1,
                now,
                now);
    }
}
