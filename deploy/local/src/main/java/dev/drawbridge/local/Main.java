package dev.drawbridge.local;

import dev.drawbridge.local.admin.ConnectionCommand;
import dev.drawbridge.local.admin.ExitCode;
import dev.drawbridge.local.admin.GroupCommand;
import dev.drawbridge.local.admin.PromptsCommand;
import dev.drawbridge.local.admin.ResourcesCommand;
import dev.drawbridge.local.admin.TokenCommand;
import dev.drawbridge.local.admin.ToolsCommand;
import dev.drawbridge.local.admin.UserCommand;
import dev.drawbridge.local.key.KeysCommand;
import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.sql.DataKeyException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

import java.util.stream.Stream;

/// Where `./drawbridge` ends up. A failure that people can act on is one sentence on standard
/// error.
@Command(
        name = "drawbridge",
        description = "Runs the whole suite on this machine.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            AuditCommand.class,
            UserCommand.class,
            GroupCommand.class,
            TokenCommand.class,
            ConnectionCommand.class,
            ToolsCommand.class,
            ResourcesCommand.class,
            PromptsCommand.class,
            KeysCommand.class
        })
final class Main {
    /// What the JVM makes of bytes that are no text in the locale; a name must not become that.
    private static final String UNREADABLE = "\uFFFD";

    private static final String ONLY_UP_SHIFTS_PORTS =
            "drawbridge: Only up takes %s; --home says which suite is meant."
                    .formatted(UpCommand.PORT_OFFSET);

    private Main() {}

    public static void main(String[] arguments) {
        if (Stream.of(arguments).anyMatch(argument -> argument.contains(UNREADABLE))) {
            System.err.println(
                    "drawbridge: An argument cannot be read in this locale: set LC_ALL=C.UTF-8.");
            System.exit(CommandLine.ExitCode.USAGE);
        }
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        var drawbridge = new CommandLine(new Main());
        var usual = drawbridge.getParameterExceptionHandler();
        return drawbridge
                .setExpandAtFiles(false) // a name may begin with it
                .setParameterExceptionHandler((failure, arguments) -> {
                    if (!isPortOffset(failure)) {
                        return usual.handleParseException(failure, arguments);
                    }
                    failure.getCommandLine().getErr().println(ONLY_UP_SHIFTS_PORTS);
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((failure, command, _) -> {
                    int exitCode =
                            switch (failure) {
                                case LaunchException refused -> refused.exitCode();
                                case DataKeyException _ -> ExitCode.FAILED;
                                default -> throw failure;
                            };
                    command.getErr().println("drawbridge: " + failure.getMessage());
                    return exitCode;
                });
    }

    /// Whoever shifted the ports of an up says so again.
    private static boolean isPortOffset(ParameterException failure) {
        return failure instanceof UnmatchedArgumentException unmatched
                && unmatched.getUnmatched().stream()
                        .anyMatch(word -> word.startsWith(UpCommand.PORT_OFFSET));
    }
}
