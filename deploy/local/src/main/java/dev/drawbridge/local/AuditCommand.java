package dev.drawbridge.local;

import picocli.CommandLine.Command;

/// What concerns the record of everything that happened.
@Command(
        name = "audit",
        description = "Proves the audit.",
        subcommands = {AuditVerifyCommand.class},
        synopsisSubcommandLabel = "verify")
final class AuditCommand {}
