package dev.drawbridge.local;

import dev.drawbridge.local.home.HomeOption;
import dev.drawbridge.local.process.Children;
import dev.drawbridge.local.summary.Summary;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Optional;
import java.util.concurrent.Callable;

@Command(
        name = "status",
        description = "Says what runs; exits with 1 if something of the last up does not.")
final class StatusCommand implements Callable<Integer> {
    @Mixin private final HomeOption home = new HomeOption();

    @Option(names = "--json", description = "Print one JSON object, as up does.")
    private boolean json;

    @Override
    public Integer call() {
        var opened = home.open();
        var children = new Children(opened);
        var now =
                Summary.kept(opened).map(kept -> kept.asOfNow(name -> Status.isReady(kept, name)));
        if (json) {
            System.out.println(now.map(Summary::json).orElse("{\"services\":{}}"));
        } else {
            print(now, children);
        }
        return now.filter(Summary::isReady).isPresent() ? 0 : 1;
    }

    private static void print(Optional<Summary> now, Children children) {
        if (now.isEmpty() && children.all().isEmpty()) {
            System.out.println("Nothing is running.");
            return;
        }
        children.all()
                .forEach(child ->
                        System.out.printf("%-16s process %d%n", child.name(), child.pid()));
        now.ifPresent(summary ->
                summary.services()
                        .forEach((name, service) ->
                                System.out.printf(
                                        "%-16s %s %s%n",
                                        name,
                                        service.url(),
                                        service.ready() ? "ready" : "not ready")));
    }
}
