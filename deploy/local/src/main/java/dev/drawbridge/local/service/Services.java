package dev.drawbridge.local.service;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.home.PrivateFile;
import dev.drawbridge.local.home.Secrets;
import dev.drawbridge.local.postgres.Datastore;
import dev.drawbridge.local.process.Child;
import dev.drawbridge.local.process.Children;
import dev.drawbridge.local.process.Ports;

import java.util.List;
import java.util.Optional;

/// Starts services with this home's configuration, and keeps those that run from it already.
public final class Services {
    private final Home home;
    private final Children children;
    private final ServiceConfig config;
    private final boolean asNative;

    public Services(Home home, Children children, Datastore datastore, Launch launch) {
        this.home = home;
        this.children = children;
        this.config = new ServiceConfig(datastore, new Secrets(home), launch.portOffset());
        this.asNative = launch.asNative();
    }

    /// How services are launched: native or on the JVM, and by how much ports are shifted.
    public record Launch(boolean asNative, int portOffset) {}

    /// The running service, if this build and this configuration are what it was started from.
    public Optional<Child> running(ServiceSpec service) {
        String wanted =
                ServiceBuild.of(service, home, asNative).fingerprint(config.render(service));
        return children.find(service.name()).filter(it -> it.fingerprint().equals(wanted));
    }

    /// The variables of our environment that a service would take its configuration from, were it
    /// not for the file that it is started with.
    public List<String> overruled(ServiceSpec service) {
        return config.overruled(service, System.getenv().keySet());
    }

    /// Fails, before anything is begun, when it is not built or somebody else has its ports.
    public void requireStartable(ServiceSpec service) {
        ServiceBuild.of(service, home, asNative);
        if (children.find(service.name()).isEmpty()) {
            Ports.requireFree(service.port(), service.name());
            Ports.requireFree(service.managementPort(), service.name() + "'s health endpoint");
        }
    }

    /// Starts it, in place of an outdated one; it is not ready yet when this returns.
    public Child start(ServiceSpec service) {
        children.find(service.name()).ifPresent(this::stop);
        requireStartable(service);
        var build = ServiceBuild.of(service, home, asNative);
        String configuration = config.render(service);
        PrivateFile.write(home.config(service.name()), configuration);
        return children.start(service.name(), build.fingerprint(configuration), build.command());
    }

    /// It got ready: what it learns for its next start may be used then.
    public void trust(ServiceSpec service) {
        ServiceBuild.of(service, home, asNative).cache().trust();
    }

    /// Returns once it is gone.
    public void stop(Child service) {
        var stop = new ServiceStop(home, children);
        stop.ask(service);
        stop.insist(service);
    }
}
