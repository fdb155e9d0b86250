package dev.drawbridge.gateway.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.gateway.target.Endpoint.Role;

import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "db.abcdefghijklmnopqrst.supabase.co, 5432, DIRECT",
        "aws-0-eu-central-1.pooler.supabase.com, 5432, SESSION",
        "AWS-0-EU-CENTRAL-1.POOLER.SUPABASE.COM, 6543, TRANSACTION",
        "db.abcdefghijklmnopqrst.supabase.co, 6543, DEDICATED",
        "supavisor.internal, 6543, TRANSACTION",
        "ep-cool-rain-123456-pooler.eu-central-1.aws.neon.tech, 5432, TRANSACTION",
        "ep-cool-rain-123456.eu-central-1.aws.neon.tech, 5432, DIRECT",
        "bouncer.internal, 6432, TRANSACTION",
        "2001:db8::1, 5432, DIRECT",
        "10.1.2.3, 5433, DIRECT"
    })
    void its_mode_is_told_from_host_and_port(String host, int port, PoolMode mode) {
        assertThat(PoolMode.of(host, port)).isEqualTo(mode);
    }

    @Test
    void what_is_not_said_is_told_or_usual() {
        assertThat(read("{'host':'db.example'}"))
                .isEqualTo(new Endpoint("db.example", 5432, PoolMode.DIRECT, Role.PRIMARY, null));
        assertThat(
                        read(
                                "{'host':'::1','port':6543,'mode':'session','role':'replica',"
                                        + "'region':'eu-central-1'}"))
                .isEqualTo(
                        new Endpoint("::1", 6543, PoolMode.SESSION, Role.REPLICA, "eu-central-1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'port':5432}                      | endpoints.host",
                "{'host':'a,b'}                     | endpoints.host",
                "{'host':'[::1]'}                   | endpoints.host",
                "{'host':'db','port':65536}         | endpoints.port",
                "{'host':'db','port':-1}            | endpoints.port",
                "{'host':'db','region':'eu central'} | endpoints.region"
            })
    void what_is_no_place_is_refused(String json, String field) {
        assertThatThrownBy(() -> read(json)).hasStackTraceContaining(field);
    }

    private static Endpoint read(String json) {
        return new JsonObject(json.replace('\'', '"')).mapTo(Endpoint.class);
    }
}
