package dev.drawbridge.local.service;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.process.Child;
import dev.drawbridge.local.process.Children;

import java.time.Duration;

/// Ends services: politely, then not. The gateway finishes what it runs, for up to 30 s, and needs
/// a few seconds more to end. A JVM that trained its cache writes it now, in a process of its own,
/// and gets the time for it, which on a busy machine is more than a service ever needs.
public final class ServiceStop {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration PATIENCE_WITH_CACHE = Duration.ofMinutes(2);
    private static final String POLITELY = "TERM";

    private final Home home;
    private final Children children;

    public ServiceStop(Home home, Children children) {
        this.home = home;
        this.children = children;
    }

    /// Asks only, so that several end side by side.
    public void ask(Child service) {
        children.send(service, POLITELY);
    }

    /// Returns once it is gone.
    public void insist(Child service) {
        boolean ended =
                children.ends(service, PATIENCE)
                        || (service.hasChildren() && children.ends(service, PATIENCE_WITH_CACHE));
        children.stop(service, POLITELY, Duration.ZERO);
        if (!ended) {
            AotCache.discard(home.aot(), service.name());
        }
    }
}
