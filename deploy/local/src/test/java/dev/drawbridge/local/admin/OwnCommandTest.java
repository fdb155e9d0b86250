package dev.drawbridge.local.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.util.List;

class OwnCommandTest {
    @Test
    void every_kind_is_listed_defined_and_removed() {
        for (OwnCommand command :
                List.of(new ToolsCommand(), new ResourcesCommand(), new PromptsCommand())) {
            assertThat(new CommandLine(command).getSubcommands())
                    .containsKeys("list", "define", "remove");
        }
    }
}
