package dev.drawbridge.local.admin;

import picocli.CommandLine.Command;

/// `drawbridge resources …`.
@Command(name = "resources", description = "Resources that you define yourselves.")
public final class ResourcesCommand extends OwnCommand {
    public ResourcesCommand() {
        super("resource");
    }
}
