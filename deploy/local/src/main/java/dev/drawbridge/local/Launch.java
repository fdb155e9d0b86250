package dev.drawbridge.local;

import dev.drawbridge.local.demo.Demo;
import dev.drawbridge.local.demo.DemoCallers;
import dev.drawbridge.local.demo.DemoDatabase;
import dev.drawbridge.local.demo.VectorSearch;
import dev.drawbridge.local.home.Secrets;
import dev.drawbridge.local.postgres.Bootstrap;
import dev.drawbridge.local.postgres.Datastore;
import dev.drawbridge.local.postgres.EmbeddedPostgres;
import dev.drawbridge.local.process.Child;
import dev.drawbridge.local.process.Children;
import dev.drawbridge.local.report.Progress;
import dev.drawbridge.local.service.ServiceSpec;
import dev.drawbridge.local.service.Services;
import dev.drawbridge.local.summary.Summary;
import dev.drawbridge.pgvector.Pgvector;
import dev.drawbridge.sql.DataKeys;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// One `up`: brings a home to what the plan says, from whatever state it is in, and remembers what
/// it started, so that a failure leaves behind only what was there before.
final class Launch {
    private final Plan plan;
    private final Children children;
    private final Secrets secrets;
    private final Progress progress;
    private final Set<String> started = new LinkedHashSet<>();

    Launch(Plan plan, Children children, Progress progress) {
        this.plan = plan;
        this.children = children;
        this.secrets = new Secrets(plan.home());
        this.progress = progress;
    }

    Summary run() {
        var postgres = new EmbeddedPostgres(plan.home(), children, secrets, postgresPort());
        var datastore = plan.datastore().orElseGet(postgres::datastore);
        var services =
                new Services(
                        plan.home(),
                        children,
                        datastore,
                        new Services.Launch(
                                plan.options().asNative(), plan.options().portOffset()));
        plan.services().forEach(services::requireStartable);
        DataKeys.read(secrets.dataKeyFile());
        if (plan.datastore().isPresent()) {
            use(datastore);
        } else {
            start(postgres);
        }
        var vectorFiles = obtainVectorFiles(postgres);
        try (var step = progress.step("roles and schemas")) {
            new Bootstrap(plan.home().checkout(), secrets).apply(datastore, ServiceSpec.schemas());
            step.done("roles and schemas are there");
        }
        var starting = startServices(services);
        var withoutVectors = await(vectorFiles);
        Optional<DemoDatabase> database =
                plan.options().withDemo() ? loadDemo(datastore) : Optional.empty();
        starting.awaitReady();
        var search = database.map(it -> it.search(withoutVectors));
        var summary = summary(datastore, database.map(this::seed), search);
        summary.keep(plan.home());
        return summary;
    }

    /// True when all was running already.
    boolean isNothingNew() {
        return started.isEmpty();
    }

    /// Stops what this launch started, the last first.
    void undo() {
        children.refuseStarts();
        new Teardown(plan.home(), children, progress).stop(started);
    }

    private int postgresPort() {
        return EmbeddedPostgres.PORT + plan.options().portOffset();
    }

    private void use(Datastore given) {
        try (var step = progress.step("datastore")) {
            given.requireUsable();
            step.done("datastore " + given.url() + " is usable");
        }
    }

    private void start(EmbeddedPostgres postgres) {
        if (postgres.running().isEmpty()) {
            try (var step = progress.step("PostgreSQL")) {
                started.add(EmbeddedPostgres.NAME);
                postgres.start();
                step.done("PostgreSQL answers on port " + postgresPort());
            }
        }
    }

    /// In the background, for it may be a download. A given server has its own, or none.
    ///
    /// @return why there are none; empty when they are there, or are not for us to bring
    private CompletableFuture<Optional<String>> obtainVectorFiles(EmbeddedPostgres postgres) {
        return plan.datastore().isPresent()
                ? CompletableFuture.completedFuture(Optional.empty())
                : CompletableFuture.supplyAsync(
                        () ->
                                postgres.pgvector()
                                        .obtain(plan.options().pgvector(), Pgvector.PATIENCE),
                        Thread::startVirtualThread);
    }

    private Optional<String> await(CompletableFuture<Optional<String>> vectorFiles) {
        if (vectorFiles.isDone()) {
            return vectorFiles.join();
        }
        try (var _ = progress.step("pgvector")) {
            return vectorFiles.join();
        }
    }

    private StartingServices startServices(Services services) {
        plan.services().stream()
                .flatMap(service -> services.overruled(service).stream())
                .distinct()
                .forEach(it -> progress.say(it + " has no effect: up sets that itself."));
        var starting = new StartingServices(plan.home(), services, progress);
        for (ServiceSpec service : plan.services()) {
            Optional<Child> running = services.running(service);
            if (running.isPresent()) {
                starting.keep(service, running.get());
            } else {
                started.add(service.name());
                starting.start(service);
            }
        }
        return starting;
    }

    private Optional<DemoDatabase> loadDemo(Datastore datastore) {
        var database =
                new DemoDatabase(
                        datastore.server(),
                        datastore.database(),
                        secrets.password(DemoDatabase.AGENT));
        try (var step = progress.step("demo database")) {
            var obstacle = database.obstacle();
            if (obstacle.isPresent()) {
                step.done("the demo is skipped: " + obstacle.get());
                return Optional.empty();
            }
            step.done(database.ensure() ? "demo database loaded" : "demo database is there");
            return Optional.of(database);
        }
    }

    private Demo seed(DemoDatabase database) {
        if (!plan.runs(ServiceSpec.AUTH) || !plan.runs(ServiceSpec.GATEWAY)) {
            return Demo.ofDatabase(database);
        }
        try (var step = progress.step("demo callers");
                var callers = new DemoCallers(database, secrets, plan.options().portOffset())) {
            var demo = callers.ensure(Demo.known(plan.home()));
            demo.remember(plan.home());
            step.done("demo callers can sign in");
            return demo;
        }
    }

    private Summary summary(
            Datastore datastore, Optional<Demo> demo, Optional<VectorSearch> search) {
        var services = new LinkedHashMap<String, Summary.Service>();
        for (ServiceSpec service : plan.services()) {
            services.put(service.name(), new Summary.Service(service.url(), true));
        }
        var gateway = ServiceSpec.named(ServiceSpec.GATEWAY, plan.options().portOffset());
        return new Summary(
                services,
                plan.runs(gateway.name()) ? gateway.url() + "/mcp/v1" : null,
                new Summary.Store(datastore.url()),
                new Summary.Admin("admin", secrets.passwordFile("admin").toString()),
                demo.orElse(null),
                search.orElse(null));
    }
}
