package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;
import java.util.concurrent.CompletionException;

/// The names in the message that opens a session, which end at a zero byte.
class StartupNameTest extends TargetPoolCase {
    private final Targets targets = targets(config());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres\0user\0postgres",
                "postgres\0role\0postgres",
                "postgres\0",
                "post\ngres",
                "postgres\u007f",
                "postgres\u0085",
                "postgres\ud800",
                "",
                "éééééééééééééééééééééééééééééééé"
            })
    void what_is_no_name_opens_no_session(String name) {
        assertThat(userBehind("agent", name)).isEqualTo("database");
        assertThat(userBehind(name, "postgres")).isEqualTo("username");
        assertThat(problem(targets.demand(target(name), "postgres")))
                .isInstanceOfSatisfying(
                        Problem.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("username"));
    }

    @Test
    void a_name_in_any_script_is_one() {
        postgres.run("create database \"läden ☃\"");

        assertThat(userBehind("agent", "läden ☃")).isEqualTo("[[\"agent\"]]");
    }

    /// Who the server takes us for, or the field that we refuse.
    private String userBehind(String login, String database) {
        TargetPool opened = null;
        try {
            opened = targets.trial(target(login), database);
            return await(
                            opened.encoded(
                                    nobody,
                                    statement("select current_user", 0, 1),
                                    new CancelSignal()))
                    .json();
        } catch (ProblemException refused) {
            return field(refused.problem());
        } catch (CompletionException failed) {
            return field(((ProblemException) failed.getCause()).problem());
        } finally {
            if (opened != null) {
                opened.close();
            }
        }
    }

    private static String field(Problem problem) {
        return problem instanceof Problem.Invalid invalid ? invalid.field() : problem.toString();
    }

    private static Target target(String login) {
        return new Target(
                UUID.randomUUID(),
                1,
                "127.0.0.1",
                postgres.port(),
                login,
                "agent",
                TlsMode.DISABLE,
                null,
                PoolMode.DIRECT,
                2,
                Rls.NONE,
                null);
    }
}
