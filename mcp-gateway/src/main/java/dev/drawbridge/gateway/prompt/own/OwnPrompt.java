package dev.drawbridge.gateway.prompt.own;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.own.OwnText;
import dev.drawbridge.gateway.prompt.Prompt;
import dev.drawbridge.gateway.prompt.PromptCall;
import dev.drawbridge.gateway.prompt.PromptMessage;
import dev.drawbridge.gateway.prompt.QuotedValue;
import dev.drawbridge.gateway.sqlguard.NamedSql;

import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A prompt as somebody writes it. Where the text says `{{name}}` stands the argument's value, as
/// JSON on one line: a value is data and never a part of the text.
///
/// @param asks for arguments, by name
record OwnPrompt(
        String name,
        @Nullable String title,
        String description,
        Map<String, Asked> asks,
        String text)
        implements Prompt {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
    private static final int LONGEST = 50_000;
    private static final int MOST_ARGUMENTS = 50;

    /// What is asked for.
    record Asked(String description, @Nullable Boolean required) {
        Asked {
            description = OwnText.description("arguments", description);
        }
    }

    /// As a file has it.
    record File(
            String name,
            @Nullable String title,
            String description,
            @Nullable LinkedHashMap<String, Asked> arguments,
            String text) {
        OwnPrompt prompt() {
            return new OwnPrompt(
                    name, title, description, arguments == null ? Map.of() : arguments, text);
        }
    }

    OwnPrompt {
        OwnText.name(name);
        title = OwnText.title(title, name);
        description = OwnText.description("description", description);
        if (text == null || text.isBlank() || text.length() > LONGEST) {
            throw OwnText.invalid("text", "must be 1 to %,d characters".formatted(LONGEST));
        }
        if (asks.size() > MOST_ARGUMENTS
                || !asks.keySet().stream().allMatch(it -> NamedSql.NAME.matcher(it).matches())) {
            throw OwnText.invalid("arguments", "are up to 50 names of letters and digits");
        }
        Matcher places = PLACE.matcher(text);
        while (places.find()) {
            if (!asks.containsKey(places.group(1))) {
                throw OwnText.invalid(
                        "text", "has {{" + places.group(1) + "}}, which is no argument");
            }
        }
    }

    @Override
    public List<Argument> arguments() {
        return asks.entrySet().stream()
                .map(one ->
                        new Argument(
                                one.getKey(),
                                one.getValue().description(),
                                Boolean.TRUE.equals(one.getValue().required())))
                .toList();
    }

    @Override
    public Future<Outcome<List<PromptMessage>>> get(PromptCall call) {
        return Prompt.said(
                PLACE.matcher(text)
                        .replaceAll(place ->
                                Matcher.quoteReplacement(
                                        QuotedValue.of(call.arguments().get(place.group(1))))));
    }
}
