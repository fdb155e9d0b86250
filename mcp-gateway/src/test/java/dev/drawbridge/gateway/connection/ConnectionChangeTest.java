package dev.drawbridge.gateway.connection;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.gateway.cache.CacheRule;
import dev.drawbridge.gateway.catalog.GuardRules;
import dev.drawbridge.gateway.pool.Environment;
import dev.drawbridge.gateway.pool.PoolRules;
import dev.drawbridge.gateway.sqlguard.WriteMode;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.json.JsonObject;

import org.assertj.core.api.InstanceOfAssertFactories;
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
                        change(change.replace("}", ",'password':'x'}"))
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
                "{'tlsMode':'verify-full'}"
            })
    void a_password_stays_where_its_server_does(String change) {
        assertThatCode(() -> change(change).requirePasswordFor(before()))
                .doesNotThrowAnyException();
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
                PoolMode.DIRECT,
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
