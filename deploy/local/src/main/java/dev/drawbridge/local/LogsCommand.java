package dev.drawbridge.local;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.home.HomeOption;
import dev.drawbridge.local.process.Pause;
import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.local.report.LogFile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

@Command(name = "logs", description = "Shows the ends of the logs.")
final class LogsCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);

    @Mixin private final HomeOption home = new HomeOption();

    @Parameters(arity = "0..1", paramLabel = "<service>", description = "Only this one's log.")
    private Optional<String> service = Optional.empty();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on as lines are written.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "<n>",
            defaultValue = "50",
            description = "How many lines of each (default: 50).")
    private int lines;

    @Override
    public Integer call() {
        var logs = logs(home.open());
        Map<Path, Long> shown = new HashMap<>();
        for (Path log : logs) {
            shown.put(log, LogFile.size(log));
            print(
                    log,
                    LogFile.last(LogFile.since(log, 0).lines().toList(), lines),
                    logs.size() > 1);
        }
        while (follow) {
            Pause.of(POLL);
            for (Path log : logs) {
                long size = LogFile.size(log);
                long seen = shown.getOrDefault(log, 0L);
                if (size != seen) {
                    shown.put(log, size);
                    print(log, LogFile.since(log, seen).lines().toList(), logs.size() > 1);
                }
            }
        }
        return 0;
    }

    private List<Path> logs(Home opened) {
        if (service.isPresent()) {
            var log = opened.log(service.get());
            if (!Files.exists(log)) {
                throw new LaunchException("There is no log of " + service.get() + ": " + log);
            }
            return List.of(log);
        }
        try (var files = Files.list(opened.logs())) {
            return files.filter(it -> it.toString().endsWith(".log")).sorted().toList();
        } catch (IOException failure) {
            throw LaunchException.because(opened.logs() + " cannot be read", failure);
        }
    }

    private static void print(Path log, List<String> some, boolean named) {
        String prefix = named ? log.getFileName().toString().replace(".log", "") + " | " : "";
        some.forEach(line -> System.out.println(prefix + line));
        System.out.flush();
    }
}
