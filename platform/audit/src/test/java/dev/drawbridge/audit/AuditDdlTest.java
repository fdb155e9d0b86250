package dev.drawbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.testkit.TestPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the tables let their own service do: add, and nothing else.
class AuditDdlTest {
    private static final String NOT_PERMITTED = "42501";
    private static TestPostgres postgres;

    private final AuditStore store = new AuditStore(postgres);

    @BeforeAll
    static void start() {
        postgres = AuditStore.server();
    }

    @AfterAll
    static void stopServer() {
        postgres.close();
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void both_services_have_the_same_form() throws IOException {
        assertThat(Files.readString(AuditStore.MIGRATIONS.get(0)))
                .isEqualTo(Files.readString(AuditStore.MIGRATIONS.get(1)));
        assertThat(Files.readString(AuditStore.RESEAL_MIGRATIONS.get(0)))
                .isEqualTo(Files.readString(AuditStore.RESEAL_MIGRATIONS.get(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update gateway.audit_record set object = 'x'",
                "delete from gateway.audit_record",
                "truncate gateway.audit_record",
                "update gateway.audit_context set client = 'x'",
                "delete from gateway.audit_statement",
                "update gateway.audit_chain set seq = 0",
                "update gateway.audit_chain set seal = 'x'",
                "update gateway.audit_checkpoint set seal = 'x'",
                "insert into gateway.audit_chain values (9, 'x', now(), now(), 0, '', '')",
                "delete from gateway.audit_checkpoint",
                "update gateway.audit_retention set months = 1",
                "drop table gateway.audit_record",
                "create table gateway.x partition of gateway.audit_record default",
                "delete from gateway.audit_record_@",
                "update gateway.audit_record_@ set object = 'x'",
                "truncate gateway.audit_record_@",
                "insert into gateway.audit_record_@ select * from gateway.audit_record",
                "select * from auth.audit_v1"
            })
    void the_application_role_may_not(String statement) {
        assertThatThrownBy(() -> asRole("gateway_app", statement.replace("@", month())))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo(NOT_PERMITTED));
    }

    @Test
    void a_head_moves_only_from_where_it_stands() {
        store.gateway.write("tool:t");
        var elsewhere = new Head(7, new byte[] {1}, Instant.now());
        var further = new Head(8, new byte[] {2}, Instant.now());

        assertThat(store.gateway.repository().advance(1, elsewhere, further, "x")).isFalse();
        Head head =
                store.gateway
                        .db()
                        .transaction(() -> store.gateway.repository().lock(1))
                        .orElseThrow();
        assertThat(store.gateway.repository().advance(1, head, Head.NONE, "x")).isFalse();
    }

    @Test
    void auth_reads_what_the_gateway_recorded_and_the_gateway_only_heads() throws SQLException {
        store.gateway.write("tool:t");
        store.auth.write("user:1");

        assertThat(asRole("auth_app", "select object from gateway.audit_v1")).isEqualTo("tool:t");
        assertThat(asRole("gateway_app", "select seq::text from auth.audit_head_v1"))
                .isEqualTo("1");
    }

    @Test
    void months_that_need_not_be_kept_are_dropped_and_the_rest_is_still_proved()
            throws SQLException {
        writeInJanuary2000("tool:old", "tool:older");
        store.gateway.write("tool:new");

        upkeep().run();
        assertThat(store.prove().records()).as("kept while nobody said otherwise").isEqualTo(3);

        store.postgres.run("update gateway.audit_retention set months = 12");
        upkeep().run();

        assertThat(store.prove().findings()).isEmpty();
        assertThat(asRole("gateway_app", "select string_agg(object, ',') from gateway.audit_v1"))
                .isEqualTo("tool:new");
        assertThat(asRole("gateway_owner", "select count(*) from gateway.audit_context"))
                .as("contexts go with their month")
                .isEqualTo("2");

        store.postgres.run("update gateway.audit_checkpoint set seal = 'kA:AAAA'");
        assertThat(store.prove().findings())
                .extracting(Finding::kind)
                .contains(Finding.Kind.SEAL_FALSE);

        store.postgres.run("delete from gateway.audit_checkpoint");
        assertThat(store.prove().findings())
                .extracting(Finding::record)
                .containsExactly("gateway/1/1-2");
    }

    private Upkeep upkeep() {
        var gateway = store.gateway;
        return new Upkeep(gateway.db(), gateway.repository(), gateway.chain(), store.secrets);
    }

    private void writeInJanuary2000(String... objects) {
        for (String form : List.of("audit_record", "audit_context", "audit_statement")) {
            String zone = form.equals("audit_record") ? " 00:00:00+00" : "";
            store.postgres.run(
                    """
                    set role gateway_owner;
                    create table gateway.%1$s_200001 partition of gateway.%1$s
                        for values from ('2000-01-01%2$s') to ('2000-02-01%2$s')
                    """
                            .formatted(form, zone));
        }
        Stream.of(objects)
                .map(AuditStore::entry)
                .map(entry ->
                        new Entry(
                                Instant.parse("2000-01-15T00:00:00Z"),
                                entry.context(),
                                entry.action(),
                                entry.object(),
                                entry.outcome(),
                                entry.trace(),
                                Optional::empty,
                                null,
                                null))
                .forEach(entry -> store.gateway.chain().append(List.of(entry)));
    }

    private String asRole(String role, String sql) throws SQLException {
        try (Connection connection = store.postgres.connect();
                var statement = connection.createStatement()) {
            statement.execute("set role " + role);
            return statement.execute(sql) && statement.getResultSet().next()
                    ? statement.getResultSet().getString(1)
                    : "";
        }
    }

    private static String month() {
        return LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyyMM"));
    }
}
