package dev.drawbridge.local.admin;

import dev.drawbridge.local.report.LaunchException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `drawbridge tools …`.
@Command(name = "tools", description = "Tools that you define yourselves.")
public final class ToolsCommand extends OwnCommand {
    public ToolsCommand() {
        super("tool");
    }

    @Command(
            name = "import",
            description = {
                "Defines the postgres-sql tools of a Toolbox configuration.",
                "All of them are tried first. If one of them is refused, none is defined, unless"
                        + " --skip-refused says so. What cannot be imported is named, with why."
            })
    void importToolbox(
            @Mixin SuiteOption suite,
            @Mixin ConnectionCommand.GatewayOption gateway,
            @Mixin ImportOption wanted) {
        wanted.requireOneSource();
        try (var session = suite.open()) {
            var report = wanted.run(gateway.of(suite, session));
            suite.answers().one(report.json(), report.lines());
            if (report.isRefused()) {
                throw new LaunchException("Nothing was defined.", ExitCode.WRONG_INPUT);
            }
        }
    }
}
