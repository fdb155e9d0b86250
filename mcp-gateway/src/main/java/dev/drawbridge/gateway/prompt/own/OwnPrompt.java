package dev.drawbridge.gateway.prompt.own;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.own.OwnItem;
import dev.drawbridge.gateway.prompt.Prompt;
import dev.drawbridge.gateway.prompt.PromptCall;
import dev.drawbridge.gateway.prompt.PromptMessage;
import dev.drawbridge.gateway.prompt.QuotedValue;

import io.vertx.core.Future;

import java.util.List;
import java.util.regex.Matcher;

/// A prompt that somebody defined. Where its text has a place for an argument stands the value, as
/// JSON on one line: a value is data and never a part of the text.
record OwnPrompt(OwnPromptDefinition own) implements Prompt, OwnItem {
    @Override
    public String name() {
        return own.name();
    }

    @Override
    public String title() {
        return own.titleOrName();
    }

    @Override
    public String description() {
        return own.description();
    }

    @Override
    public List<Argument> arguments() {
        return own.arguments().entrySet().stream()
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
                OwnPromptDefinition.PLACE
                        .matcher(own.text())
                        .replaceAll(place ->
                                Matcher.quoteReplacement(
                                        QuotedValue.of(call.arguments().get(place.group(1))))));
    }
}
