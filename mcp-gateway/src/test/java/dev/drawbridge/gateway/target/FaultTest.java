package dev.drawbridge.gateway.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Messages as the programs write them.
class FaultTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "53300 | sorry, too many clients already | FULL | RETRY",
                "57P01 | terminating connection due to administrator command | AWAY | RETRY",
                "57P03 | the database system is starting up | AWAY | RETRY",
                "08006 | connection failure | AWAY | RETRY",
                "40001 | could not serialize access | CONFLICT | RETRY",
                "40P01 | deadlock detected | CONFLICT | RETRY",
                "28P01 | password authentication failed for user \"a\" | LOGIN | GIVE_UP",
                "28000 | no pg_hba.conf entry for host \"::1\" | LOGIN | GIVE_UP",
                "3D000 | database \"x\" does not exist | DATABASE | GIVE_UP",
                "57014 | canceling statement due to statement timeout | STATEMENT | GIVE_UP",
                "42601 | syntax error at or near \"selec\" | STATEMENT | GIVE_UP",
                "26000 | prepared statement \"drawbridge0\" does not exist | MODE | GIVE_UP"
            })
    void postgresql_says_it_by_a_state(String state, String message, Fault fault, Remedy remedy) {
        assertThat(Fault.of(state, message)).isEqualTo(fault);
        assertThat(fault.remedy()).isEqualTo(remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "ECHECKOUTTIMEOUT, FULL, RETRY",
        "ECHECKOUTRETRIES, FULL, RETRY",
        "EPOOLCHECKOUT, FULL, RETRY",
        "EMAXCONN, FULL, RETRY",
        "EMAXCONNSESSION, FULL, RETRY",
        "EMAXPOOLSREACHED, FULL, RETRY",
        "EDBHANDLEREXITED, AWAY, RETRY",
        "EPOOLTERMINATING, AWAY, RETRY",
        "ESUBSCRIBERETRIES, AWAY, RETRY",
        "EWORKERNOTFOUND, AWAY, RETRY",
        "EAUTHTIMEOUT, AWAY, RETRY",
        "ECIRCUITBREAKER, SUSPENDED, BACK_OFF",
        "EWRONGPASSWORD, LOGIN, GIVE_UP",
        "ENOTFOUND, LOGIN, GIVE_UP",
        "EBANNED, LOGIN, GIVE_UP",
        "ENOIDENTIFIER, LOGIN, GIVE_UP",
        "EADDRNOTALLOWED, NETWORK, GIVE_UP",
        "ESSLREQUIRED, TLS, GIVE_UP",
        "EPSSIMPLEQUERY, MODE, GIVE_UP",
        "ENEWERTHANWEARE, STATEMENT, GIVE_UP"
    })
    void supavisor_says_it_by_a_code(String code, Fault fault, Remedy remedy) {
        assertThat(Fault.of("XX000", "(" + code + ") some words")).isEqualTo(fault);
        assertThat(fault.remedy()).isEqualTo(remedy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no more connections allowed (max_client_conn) | FULL | RETRY",
                "query_wait_timeout | FULL | RETRY",
                "server conn crashed? | AWAY | RETRY",
                "pooler is shutting down | AWAY | RETRY",
                "client_login_timeout (server down) | AWAY | RETRY",
                "server DNS lookup failed | AWAY | RETRY",
                "server login has been failing, try again later (server_login_retry) "
                        + "| SUSPENDED | BACK_OFF",
                "server login has been failing, cached error: x (server_login_retry) "
                        + "| SUSPENDED | BACK_OFF",
                "SASL authentication failed | LOGIN | GIVE_UP",
                "no such database: shop | DATABASE | GIVE_UP",
                "database \"shop\" is disabled | DATABASE | GIVE_UP",
                "SSL required | TLS | GIVE_UP",
                "unsupported startup parameter: work_mem | MODE | GIVE_UP",
                "bind message supplies 2 parameters, but prepared statement \"\" requires 1 "
                        + "| STATEMENT | GIVE_UP"
            })
    void pgbouncer_says_it_by_a_phrase(String message, Fault fault, Remedy remedy) {
        assertThat(Fault.of("08P01", message)).isEqualTo(fault);
        assertThat(fault.remedy()).isEqualTo(remedy);
    }

    @Test
    void what_an_agent_raises_itself_is_its_statement_s_fault() {
        assertThat(Fault.of("P0001", "query_wait_timeout")).isEqualTo(Fault.STATEMENT);
        assertThat(Fault.of("P0001", "(ECIRCUITBREAKER) x").isOutage()).isFalse();
    }

    @Test
    void an_outage_is_of_the_server() {
        assertThat(Fault.values())
                .filteredOn(Fault::isOutage)
                .containsExactly(Fault.AWAY, Fault.SUSPENDED);
    }
}
