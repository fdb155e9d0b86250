package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testkit.TestPostgres;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Attacks and what analysts write, mixed and changed at random. What the guard lets through is run
/// as tools run it, and judged by what it did.
class DatabaseFuzzTest {
    /// More of them, elsewhere: `-Ddrawbridge.fuzz.statements=200000 -Ddrawbridge.fuzz.seed=…`.
    private static final int STATEMENTS = Integer.getInteger("drawbridge.fuzz.statements", 400);

    private static final long SEED = Long.getLong("drawbridge.fuzz.seed", 20_261_127L);

    /// How many statements share a look at their session.
    private static final int TOGETHER = 25;

    private static final List<String> READS =
            AnalyticsStatement.corpus().stream().map(AnalyticsStatement::sql).toList();

    private final Random random = new Random(SEED);
    private final List<Attack> attacks = attacks();
    private final Set<Finding> findings = new TreeSet<>();
    private AttackedServer server;
    private Vertx vertx;
    private Siege siege;
    private List<String> functions;
    private int ran;

    @BeforeEach
    void begin() throws SQLException, IOException {
        vertx = Vertx.vertx();
        server = new AttackedServer(TestPostgres.start());
        server.run(AnalyticsStatement.text("retail-tables.sql"));
        server.run(AnalyticsStatement.text("retail-objects.sql"));
        server.run("grant analyst to tenant_reader");
        server.run("alter role agent set search_path = retail, public");
        server.run("alter role tenant_reader reset app.key"); // PostgreSQL shows it to everybody.
        functions = server.read(AnalyticsStatement.text("function-calls.sql"));
        Collections.shuffle(functions, random);
        siege = new Siege(vertx, server, "agent", "tenant_reader");
    }

    @AfterEach
    void end() throws SQLException, IOException {
        siege.close();
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void nothing_that_passes_does_more_than_read() throws SQLException, IOException {
        var mutator = new Mutator(random, this::seed, inserts());
        for (int sent = 0; sent < STATEMENTS; sent += TOGETHER) {
            send(Stream.generate(mutator::next).limit(TOGETHER).toList());
        }

        System.out.printf(
                "database fuzz: %d statements, %d run, %d findings%n",
                STATEMENTS, ran, findings.size());
        assertThat(findings).isEmpty();
        assertThat(ran).isGreaterThan(STATEMENTS / 20);
    }

    @Test
    void no_function_of_the_server_that_passes_does_more_than_read()
            throws SQLException, IOException {
        int some = Math.min(functions.size(), STATEMENTS);
        for (int i = 0; i < some; i += TOGETHER) {
            send(
                    functions.subList(i, Math.min(i + TOGETHER, some)).stream()
                            .map(call -> "select " + call)
                            .toList());
        }

        System.out.printf(
                "database fuzz: %d of %d functions, %d run, %d findings%n",
                some, functions.size(), ran, findings.size());
        assertThat(findings).isEmpty();
    }

    private void send(List<String> together) throws SQLException, IOException {
        for (String text : together) {
            ran += siege.sendAsItIs(attack(text)) ? 1 : 0;
        }
        siege.judgeSession(attack(String.join("\n---\n", together)));
        siege.findings().stream()
                .filter(findings::add)
                .forEach(finding -> System.out.println("database fuzz: " + finding));
    }

    private static Attack attack(String text) {
        return new Attack("fuzz", text, null, text, "[]");
    }

    private String seed() {
        return random.nextInt(4) > 0
                ? Mutator.any(random, READS)
                : Mutator.any(random, Disguises.of(Mutator.any(random, attacks)));
    }

    private List<String> inserts() {
        return Stream.of(
                        Mutator.DANGERS.stream(),
                        functions.stream(),
                        attacks.stream().filter(Attack::isCall).map(Attack::text))
                .flatMap(pieces -> pieces)
                .flatMap(piece ->
                        Stream.of(
                                piece,
                                ", " + piece,
                                " where " + piece + " is not null",
                                "(select " + piece + ")"))
                .toList();
    }

    /// What takes no time and is kept out, as far as that is known.
    private static List<Attack> attacks() {
        try {
            Set<String> known =
                    Stream.concat(
                                    KnownEscapes.of("agent").stream(),
                                    KnownEscapes.of("careless").stream())
                            .map(Finding::attack)
                            .collect(Collectors.toSet());
            return Attack.all().stream()
                    .filter(attack -> !attack.isHeavy())
                    .filter(attack -> !attack.text().contains("${"))
                    .filter(attack -> !known.contains(attack.id()))
                    .toList();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
