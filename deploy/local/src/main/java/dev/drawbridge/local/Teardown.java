package dev.drawbridge.local;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.home.PrivateFile;
import dev.drawbridge.local.postgres.EmbeddedPostgres;
import dev.drawbridge.local.process.Child;
import dev.drawbridge.local.process.Children;
import dev.drawbridge.local.report.Progress;
import dev.drawbridge.local.service.ServiceStop;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Stops processes of a home: the services together, then the PostgreSQL that they use.
final class Teardown {
    private final Home home;
    private final Children children;
    private final Progress progress;

    Teardown(Home home, Children children, Progress progress) {
        this.home = home;
        this.children = children;
        this.progress = progress;
    }

    /// False when nothing was running.
    boolean stopEverything() {
        boolean stopped = stop(children.names());
        PrivateFile.delete(home.summary());
        return stopped;
    }

    /// Stops those of these names that run.
    boolean stop(Collection<String> names) {
        List<Child> services =
                names.stream()
                        .filter(name -> !name.equals(EmbeddedPostgres.NAME))
                        .filter(name -> !name.equals(Foreground.NAME))
                        .flatMap(name -> children.find(name).stream())
                        .toList();
        Optional<Child> postgres =
                Stream.of(EmbeddedPostgres.NAME)
                        .filter(names::contains)
                        .flatMap(name -> children.find(name).stream())
                        .findFirst();
        var stop = new ServiceStop(home, children);
        services.forEach(stop::ask);
        for (Child service : services) {
            try (var step = progress.step("stopping " + service.name())) {
                stop.insist(service);
                step.done(service.name() + " stopped");
            }
        }
        postgres.ifPresent(server -> {
            try (var step = progress.step("stopping PostgreSQL")) {
                EmbeddedPostgres.stop(children, server);
                step.done("PostgreSQL stopped");
            }
        });
        return !services.isEmpty() || postgres.isPresent();
    }
}
