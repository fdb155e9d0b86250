package dev.drawbridge.local;

import dev.drawbridge.local.report.LaunchException;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Where `./drawbridge` ends up. A failure that people can act on is one sentence on standard
/// error.
@Command(
        name = "drawbridge",
        description = "Runs the whole suite on this machine.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            AuditCommand.class
        })
final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (!(failure instanceof LaunchException)) {
                        throw failure;
                    }
                    command.getErr().println("drawbridge: " + failure.getMessage());
                    return command.getCommandSpec().exitCodeOnExecutionException();
                });
    }
}
