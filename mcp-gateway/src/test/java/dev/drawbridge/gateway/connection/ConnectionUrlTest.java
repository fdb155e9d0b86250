package dev.drawbridge.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.drawbridge.gateway.target.Endpoint;
import dev.drawbridge.gateway.target.Endpoint.Role;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class ConnectionUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://postgres:pw@db.abcdefghijklmnopqrst.supabase.co:5432/postgres "
                        + "| db.abcdefghijklmnopqrst.supabase.co | 5432 | DIRECT | postgres",
                "postgres://postgres.abcdefghijklmnopqrst:pw"
                        + "@aws-0-eu-central-1.pooler.supabase.com:5432/postgres "
                        + "| aws-0-eu-central-1.pooler.supabase.com | 5432 | SESSION "
                        + "| postgres.abcdefghijklmnopqrst",
                "postgres://postgres.abcdefghijklmnopqrst:pw"
                        + "@aws-0-eu-central-1.pooler.supabase.com:6543/postgres?pgbouncer=true "
                        + "| aws-0-eu-central-1.pooler.supabase.com | 6543 | TRANSACTION "
                        + "| postgres.abcdefghijklmnopqrst",
                "postgresql://postgres:pw@db.abcdefghijklmnopqrst.supabase.co:6543/postgres "
                        + "| db.abcdefghijklmnopqrst.supabase.co | 6543 | DEDICATED | postgres",
                "postgres://app:pw@bouncer.internal:6432/postgres "
                        + "| bouncer.internal | 6432 | TRANSACTION | app",
                "postgres://app:pw@bouncer.internal/postgres?pgbouncer=true "
                        + "| bouncer.internal | 5432 | TRANSACTION | app",
                "postgres://app:pw@[2001:db8::7]:5433/postgres | 2001:db8::7 | 5433 | DIRECT | app",
                "postgres://app:pw@[::1]/postgres | ::1 | 5432 | DIRECT | app",
                "postgres://app:pw@10.1.2.3:/postgres | 10.1.2.3 | 5432 | DIRECT | app"
            })
    void says_where_and_what_stands_there(
            String text, String host, int port, PoolMode mode, String username) {
        var url = ConnectionUrl.parse(text);

        assertThat(url.endpoints())
                .containsExactly(new Endpoint(host, port, mode, Role.PRIMARY, null));
        assertThat(url.username()).isEqualTo(username);
        assertThat(url.password()).isEqualTo("pw");
        assertThat(url.database()).isEqualTo("postgres");
        assertThat(url.tlsMode()).isNull();
        assertThat(url.others()).isNull();
        assertThat(url.toString()).doesNotContain("pw");
    }

    @Test
    void what_is_encoded_is_decoded_and_a_password_may_hold_what_it_likes() {
        var url =
                ConnectionUrl.parse(
                        "postgres://ma%40x:p%3As%2Fs+w%25rd@db.example/sh%C3%B6p?sslmode=verify-ca");

        assertThat(url.username()).isEqualTo("ma@x");
        assertThat(url.password()).isEqualTo("p:s/s+w%rd");
        assertThat(url.database()).isEqualTo("shöp");
        assertThat(url.tlsMode()).isEqualTo(TlsMode.VERIFY_CA);
    }

    @Test
    void several_hosts_may_take_one_another_s_place() {
        var url =
                ConnectionUrl.parse(
                        "postgres://app@one.example,two.example:5433,[::1]:5434/shop"
                                + "?target_session_attrs=read-write");

        assertThat(url.endpoints())
                .extracting(Endpoint::host, Endpoint::port, Endpoint::role)
                .containsExactly(
                        tuple("one.example", 5432, Role.PRIMARY),
                        tuple("two.example", 5433, Role.PRIMARY),
                        tuple("::1", 5434, Role.PRIMARY));
        assertThat(url.others()).isEqualTo(url.endpoints().subList(1, 3));
        assertThat(url.password()).isNull();
    }

    @Test
    void what_is_left_out_is_not_said() {
        var url = ConnectionUrl.parse("postgresql://db.example");

        assertThat(List.of(url.endpoints().getFirst().host())).containsExactly("db.example");
        assertThat(url.username()).isNull();
        assertThat(url.password()).isNull();
        assertThat(url.database()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mysql://app:hush@db.example/shop                    | must begin with postgres",
                "jdbc:postgresql://db.example/shop                   | must begin with postgres",
                "postgres://app:hush@/shop                           | must name a host",
                "postgres://app:hush@one.example,/shop               | must name a host",
                "postgres://app:hush@2001:db8::7/shop                | port",
                "postgres://app:hush@[::1/shop                       | bracket",
                "postgres://app:hush@[::1]5432/shop                  | no port",
                "postgres://app:hush@db.example:0/shop               | 1 to 65535",
                "postgres://app:hush@db.example:x/shop               | no number",
                "postgres://app:hu%zzsh@db.example/shop              | begins no character",
                "postgres://app:hush@db.example/shop?sslmode=prefer  | verify-full",
                "postgres://app:hush@db.example/shop?sslmode=        | verify-full",
                "postgres://app:hush@db.example/shop?sslmode=require&sslmode=disable | twice",
                "postgres://app:hush@db.example/shop?sslrootcert=/etc/ca | tlsCaCertificate",
                "postgres://app:hush@db.example/shop?sslkey=/etc/key | tlsClientKey",
                "postgres://app:hush@db.example/shop?sslnegotiation=direct | sslnegotiation",
                "postgres://app:hush@db.example/shop?channel_binding=require | channel_binding",
                "postgres://app:hush@db.example/shop?gssencmode=require | gssencmode",
                "postgres://app:hush@db.example/shop?options=-c%20role%3Dx | user.tenant",
                "postgres://app:hush@db.example/shop?host=elsewhere  | before the ?",
                "postgres://app:hush@db.example/shop?target_session_attrs=standby | endpoints",
                "postgres://app:hush@db.example/shop?pgbouncer=perhaps | pgbouncer"
            })
    void what_would_not_be_kept_is_refused_and_the_password_not_repeated(String text, String why) {
        assertThatThrownBy(() -> ConnectionUrl.parse(text))
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .satisfies(refused -> {
                    assertThat(refused.problem())
                            .asInstanceOf(InstanceOfAssertFactories.type(Problem.Invalid.class))
                            .extracting(Problem.Invalid::reason)
                            .asString()
                            .contains(why);
                    assertThat(refused).hasNoCause();
                    assertThat(refused.toString()).doesNotContain("hush");
                });
    }
}
