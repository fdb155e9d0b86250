package dev.drawbridge.local;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.process.Child;
import dev.drawbridge.local.process.Pause;
import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.local.report.LogFile;
import dev.drawbridge.local.report.Progress;
import dev.drawbridge.local.service.Readiness;
import dev.drawbridge.local.service.ServiceSpec;
import dev.drawbridge.local.service.Services;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Services on their way to ready, side by side. One that was running before and does not get ready
/// is started anew, once; one that dies or takes too long ends the launch.
final class StartingServices {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PATIENCE_WITH_KEPT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Home home;
    private final Services services;
    private final Progress progress;
    private final List<Awaited> awaited = new ArrayList<>();

    private record Awaited(ServiceSpec service, Child process, long logged, boolean kept) {}

    StartingServices(Home home, Services services, Progress progress) {
        this.home = home;
        this.services = services;
        this.progress = progress;
    }

    void keep(ServiceSpec service, Child running) {
        awaited.add(new Awaited(service, running, LogFile.size(home.log(service.name())), true));
    }

    void start(ServiceSpec service) {
        awaited.add(started(service));
    }

    private Awaited started(ServiceSpec service) {
        long logged = LogFile.size(home.log(service.name()));
        return new Awaited(service, services.start(service), logged, false);
    }

    void awaitReady() {
        try (var readiness = new Readiness()) {
            for (Awaited one : awaited) {
                try (var step = progress.step(one.service().name())) {
                    await(one, readiness);
                    services.trust(one.service());
                    step.done(one.service().name() + " is ready at " + one.service().url());
                }
            }
        }
    }

    private void await(Awaited one, Readiness readiness) {
        if (becomesReady(one, readiness, one.kept() ? PATIENCE_WITH_KEPT : PATIENCE)) {
            return;
        }
        if (!one.kept()) {
            throw failed(one, "is not ready after " + PATIENCE.toSeconds() + " s");
        }
        services.stop(one.process());
        await(started(one.service()), readiness);
    }

    private boolean becomesReady(Awaited one, Readiness readiness, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!readiness.isReady(one.service())) {
            if (!one.process().isAlive()) {
                if (one.kept()) {
                    return false;
                }
                throw failed(one, "ended while it was starting");
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
            Pause.of(POLL);
        }
        return true;
    }

    private LaunchException failed(Awaited one, String how) {
        var log = home.log(one.service().name());
        return new LaunchException(
                "%s %s; the end of %s:%s"
                        .formatted(
                                one.service().name(),
                                how,
                                log,
                                LogFile.lastLines(LogFile.since(log, one.logged()))));
    }
}
