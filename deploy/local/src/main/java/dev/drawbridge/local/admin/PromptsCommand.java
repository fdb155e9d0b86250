package dev.drawbridge.local.admin;

import picocli.CommandLine.Command;

/// `drawbridge prompts …`.
@Command(name = "prompts", description = "Prompts that you write yourselves.")
public final class PromptsCommand extends OwnCommand {
    public PromptsCommand() {
        super("prompt");
    }
}
