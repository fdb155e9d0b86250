package dev.drawbridge.gateway.prompt.own;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.gateway.own.OwnDefinition;
import dev.drawbridge.gateway.own.OwnText;
import dev.drawbridge.gateway.sqlguard.NamedSql;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A prompt as somebody writes it.
///
/// @param arguments that it asks for, by name, in the order in which they are asked for
/// @param text in which `{{name}}` stands for an argument's value
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"name", "description", "text"})
public record OwnPromptDefinition(
        String name,
        @Nullable String title,
        String description,
        Map<String, Asked> arguments,
        String text)
        implements OwnDefinition {
    /// An argument's place in the text.
    static final Pattern PLACE = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

    private static final int LONGEST = 50_000;
    private static final int MOST_ARGUMENTS = 50;

    /// What is asked for.
    ///
    /// @param required null for no
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Asked(String description, @Nullable Boolean required) {
        public Asked {
            description = OwnText.description("arguments", description);
        }
    }

    public OwnPromptDefinition {
        OwnText.name(name);
        OwnText.title(title, name);
        description = OwnText.description("description", description);
        OwnText.content("text", text, LONGEST);
        arguments = OwnText.each("arguments", arguments);
        if (arguments.size() > MOST_ARGUMENTS
                || !arguments.keySet().stream()
                        .allMatch(it -> NamedSql.NAME.matcher(it).matches())) {
            throw OwnText.invalid("arguments", "are up to 50 names of letters and digits");
        }
        Matcher places = PLACE.matcher(text);
        while (places.find()) {
            if (!arguments.containsKey(places.group(1))) {
                throw OwnText.invalid(
                        "text", "has {{" + places.group(1) + "}}, which is no argument");
            }
        }
    }

    String titleOrName() {
        return OwnText.title(title, name);
    }
}
