package dev.drawbridge.local.admin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;

/// `drawbridge connection …`.
@Command(name = "connection", description = "Databases that agents may reach.")
public final class ConnectionCommand {
    private static final Answers.Table TABLE =
            Answers.Table.of(
                    "NAME",
                    "name",
                    "HOST",
                    "host",
                    "MODE",
                    "mode",
                    "DATABASE",
                    "database",
                    "ID",
                    "id");

    @Command(name = "list", description = "Shows the connections.")
    void list(@Mixin SuiteOption suite, @Mixin GatewayOption gateway) {
        try (var session = suite.open()) {
            suite.answers().list(gateway.of(suite, session).list("/connections", ""), TABLE);
        }
    }

    @Command(
            name = "install-rls",
            description = {
                "Brings a database what it needs to verify who asks, for a connection in mode signed.",
                "It writes an SQL script to a file, or with --apply runs it. Either may be done again;"
                        + " the keys there then are those of the connection."
            })
    void installRls(
            @Mixin SuiteOption suite,
            @Mixin GatewayOption gateway,
            @Mixin InstallRlsOption wanted,
            @Parameters(paramLabel = "<connection>", description = "Its id or name.")
                    String named) {
        wanted.requireWhole();
        try (var session = suite.open()) {
            var at = gateway.of(suite, session);
            var connection = at.connection(named);
            wanted.run(suite, at, connection);
        }
    }

    /// Where the gateway is.
    static final class GatewayOption {
        @Option(
                names = SuiteOption.GATEWAY_URL,
                paramLabel = "<url>",
                description = "mcp-gateway elsewhere, where --url says auth-service is.")
        private Optional<String> url = Optional.empty();

        Session of(SuiteOption suite, Session session) {
            return suite.gateway(session, url);
        }
    }
}
