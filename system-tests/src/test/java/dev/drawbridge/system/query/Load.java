package dev.drawbridge.system.query;

import dev.drawbridge.system.journey.RetailIdentity;
import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.suite.Suite;

import org.awaitility.Awaitility;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Clients that ask, one call behind the other, as a client library does it: when the connection
/// breaks or the session is gone, they begin a new session.
public final class Load implements AutoCloseable {
    private static final String ORDERS = "select store_id from retail.orders limit 20";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Client> clients = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();

    private Load() {}

    /// Clients that are at work when this returns.
    public static Load of(Suite suite, RetailIdentity identity, int count) {
        var load = new Load();
        for (int i = 0; i < count; i++) {
            load.clients.add(load.new Client(suite, identity.token(suite)));
        }
        load.clients.forEach(client -> client.thread.start());
        return load;
    }

    /// Waits until each client had three more right answers.
    public void awaitMoreAnswers() {
        var wanted = clients.stream().map(client -> client.answers.get() + 3).toList();
        Awaitility.await("answers for every client")
                .atMost(PATIENCE)
                .until(() -> {
                    for (int i = 0; i < clients.size(); i++) {
                        if (clients.get(i).answers.get() < wanted.get(i)) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    /// Waits until each client has noticed that the gateway is gone.
    void awaitFailures() {
        Awaitility.await("a failure for every client")
                .atMost(PATIENCE)
                .until(() -> clients.stream().allMatch(client -> client.failures.get() > 0));
    }

    /// How often a client lost its connection or session.
    public int failures() {
        return clients.stream().mapToInt(client -> client.failures.get()).sum();
    }

    /// Answers that are neither right nor the loss of a connection or session.
    public List<String> wrongAnswers() {
        return clients.stream().flatMap(client -> client.wrong.stream()).toList();
    }

    @Override
    public void close() {
        stopped.set(true);
        for (Client client : clients) {
            try {
                client.thread.join(PATIENCE);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Client {
        private final Suite suite;
        private final String token;
        private final AtomicInteger answers = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();
        private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
        private final Thread thread = Thread.ofVirtual().unstarted(this::work);

        private Client(Suite suite, String token) {
            this.suite = suite;
            this.token = token;
        }

        private void work() {
            while (!stopped.get()) {
                try {
                    ask(McpSession.open(suite, token));
                } catch (UncheckedIOException | McpSession.Refused lost) {
                    failures.incrementAndGet();
                    pause();
                }
            }
        }

        /// A gateway that is gone refuses at once: without it eight clients would take a machine.
        private static void pause() {
            try {
                Thread.sleep(50);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void ask(McpSession session) {
            while (!stopped.get()) {
                var answer = session.query(suite.connection(), ORDERS);
                if (answer.column("store_id").stream().allMatch("7"::equals)
                        && answer.rowCount() == 20) {
                    answers.incrementAndGet();
                } else {
                    wrong.add(answer.json().toString());
                }
            }
        }
    }
}
