package dev.drawbridge.local.key;

import dev.drawbridge.local.admin.ExitCode;
import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.home.HomeLock;
import dev.drawbridge.local.home.HomeOption;
import dev.drawbridge.local.home.JsonFile;
import dev.drawbridge.local.home.KeyFile;
import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.local.report.Progress;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Map;

/// `drawbridge keys …`: the order of steps in which a data key comes and goes without a request
/// that fails.
@Command(name = "keys", description = "The keys that stored secrets are sealed with.")
public final class KeysCommand {

    /// Where, and how it answers.
    static final class Options {
        @Mixin private final HomeOption home = new HomeOption();

        @Option(names = "--json", description = "Print one JSON object on standard output.")
        private boolean json;

        private void answer(Object object, List<String> lines) {
            if (json) {
                System.out.println(JsonFile.text(object));
            } else {
                lines.forEach(System.out::println);
            }
            System.out.flush();
        }
    }

    /// @param services that seal with it by now; what does not run will when it starts
    record Rotated(String key, String before, List<String> services) {}

    @Command(
            name = "rotate",
            description = {
                "Makes a new data key, which seals once all running services know it.",
                "What is stored is sealed anew in the background; status says what is left."
            })
    int rotate(@Mixin Options options) {
        Home home = options.home.open();
        var progress = HomeOption.progress();
        try (var _ = HomeLock.take(home, progress)) {
            var file = KeyFile.of(home);
            var services = RunningServices.of(home);
            services.states();
            String before = file.ids().getFirst();
            String key = introduce(file, services, progress);
            file.promote(key);
            try (var step = progress.step("sealing with " + key)) {
                if (!services.become(state -> state.isSealing(key))) {
                    throw new LaunchException(
                            "%s is the data key, and not all of %s seal with it yet: see keys status."
                                    .formatted(key, services.names()));
                }
                step.done("the data key is " + key);
            }
            options.answer(
                    new Rotated(key, before, services.names()),
                    List.of(
                            "The data key is %s, before it was %s. What is stored is sealed anew in the"
                                            .formatted(key, before)
                                    + " background: see keys status."));
        }
        return 0;
    }

    /// Adds a key, and takes it back when not everybody learns of it: nothing was sealed with it.
    private static String introduce(KeyFile file, RunningServices services, Progress progress) {
        String key = file.add();
        try (var step = progress.step("making " + key + " known")) {
            if (!services.become(state -> state.isKnown(key))) {
                file.remove(key);
                throw new LaunchException(
                        "Not all of %s learned of a new data key within a minute; nothing is changed."
                                .formatted(services.names()));
            }
            step.done(key + " is known");
        }
        return key;
    }

    /// @param keys in the order of the file
    /// @param retirable those of them that nothing needs
    record Status(List<String> keys, List<String> retirable, Map<String, KeyState> services) {}

    @Command(
            name = "status",
            description = {
                "Says what each data key is needed for.",
                "Exits with 1 when something is wrong with them."
            })
    int status(@Mixin Options options) {
        Home home = options.home.open();
        List<String> ids = KeyFile.of(home).ids();
        var states = RunningServices.of(home).states();
        var retirable = ids.stream().filter(id -> KeyNeed.of(id, ids, states).isEmpty()).toList();
        options.answer(new Status(ids, retirable, states), KeyNeed.lines(ids, states));
        return states.values().stream().allMatch(state -> state.code() == null)
                ? 0
                : ExitCode.FAILED;
    }

    /// What is left.
    record Retired(String key, List<String> keys) {}

    @Command(
            name = "retire",
            description = {
                "Takes a data key out that nothing needs.",
                "Keep it with the backups from its time: without it they do not open."
            })
    int retire(
            @Mixin Options options,
            @Parameters(paramLabel = "<id>", description = "As status shows it.") String id) {
        Home home = options.home.open();
        try (var _ = HomeLock.take(home, HomeOption.progress())) {
            var file = KeyFile.of(home);
            List<String> ids = file.ids();
            if (!ids.contains(id)) {
                throw new LaunchException(
                        "There is no data key %s; there are %s.".formatted(id, ids),
                        ExitCode.NOT_FOUND);
            }
            KeyNeed.of(id, ids, RunningServices.of(home).states())
                    .ifPresent(need -> {
                        throw new LaunchException(
                                "The data key %s has to stay: %s".formatted(id, need),
                                ExitCode.CONFLICT);
                    });
            file.remove(id);
            options.answer(
                    new Retired(id, file.ids()), List.of("The data key " + id + " is gone."));
        }
        return 0;
    }
}
