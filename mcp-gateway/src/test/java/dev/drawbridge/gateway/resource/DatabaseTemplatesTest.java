package dev.drawbridge.gateway.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.UUID;

class DatabaseTemplatesTest {
    @Test
    void each_uri_is_of_the_template_that_it_is_switched_off_by() {
        String connection = UUID.randomUUID().toString();
        for (TemplateDescription template : DatabaseTemplates.ALL) {
            String uri =
                    template.uriTemplate()
                            .replace("{connection}", connection)
                            .replaceAll("\\{\\w+}", "x");

            assertThat(DatabaseTemplates.nameOf(ResourceUri.parse(uri).orElseThrow()))
                    .isEqualTo(template.name());
        }
        assertThat(DatabaseTemplates.ALL)
                .extracting(TemplateDescription::name)
                .doesNotHaveDuplicates();
    }
}
