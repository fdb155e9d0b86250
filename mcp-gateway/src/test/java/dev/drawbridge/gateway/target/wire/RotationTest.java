package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.problem.Problem;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// A password is changed, at the server and then here, while callers read.
class RotationTest extends TargetPoolCase {
    private static final int CALLERS = 4;
    private static final int ROTATIONS = 3;

    private final UUID connection = UUID.randomUUID();
    private final Targets targets = targets(config());
    private final ConcurrentLinkedQueue<Problem> problems = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile Target present = version(1);

    private Target version(long version) {
        return new Target(
                connection,
                version,
                "127.0.0.1",
                postgres.port(),
                "agent",
                version == 1 ? "agent" : "secret-" + version,
                TlsMode.DISABLE,
                null,
                PoolMode.DIRECT,
                10,
                Rls.NONE,
                null);
    }

    @Test
    void fails_no_call() throws InterruptedException {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Thread.ofVirtual().start(this::read));
        }
        for (int version = 2; version <= 1 + ROTATIONS; version++) {
            int before = answered.get();
            while (answered.get() < before + 20 * CALLERS) {
                Thread.sleep(5);
            }
            postgres.run("alter role agent password 'secret-%d'".formatted(version));
            present = version(version);
            targets.retireOthers(connection, version);
        }
        Thread.sleep(100);
        callers.forEach(Thread::interrupt);
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(problems).isEmpty();
        postgres.run("alter role agent password 'agent'");
    }

    private void read() {
        while (!Thread.currentThread().isInterrupted()) {
            TargetPool pool = targets.pool(present, "postgres");
            Problem problem =
                    problemOrNull(
                            pool.encoded(nobody, statement("select 1", 0, 1), new CancelSignal()));
            if (problem == null) {
                answered.incrementAndGet();
            } else {
                problems.add(problem);
            }
        }
    }
}
