package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.client.Ability;
import dev.drawbridge.gateway.client.Content;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.client.ResourceContent;
import dev.drawbridge.gateway.prompt.PromptMessage;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.problem.Problem;

import io.quarkiverse.mcp.server.AudioContent;
import io.quarkiverse.mcp.server.BlobResourceContents;
import io.quarkiverse.mcp.server.EmbeddedResource;
import io.quarkiverse.mcp.server.ImageContent;
import io.quarkiverse.mcp.server.ResourceContents;
import io.quarkiverse.mcp.server.ResourceLink;
import io.quarkiverse.mcp.server.Role;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.TextResourceContents;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Pieces of answers as the extension has them.
final class LegacyContent {
    private LegacyContent() {}

    static List<io.quarkiverse.mcp.server.Content> of(ToolAnswer answer) {
        List<io.quarkiverse.mcp.server.Content> all = new ArrayList<>();
        if (!answer.text().isEmpty()) {
            all.add(new TextContent(answer.text()));
        }
        answer.more().forEach(piece -> all.add(of(piece)));
        return all;
    }

    static io.quarkiverse.mcp.server.PromptMessage message(PromptMessage message) {
        Role role = message.role() == PromptMessage.Role.USER ? Role.USER : Role.ASSISTANT;
        return new io.quarkiverse.mcp.server.PromptMessage(role, of(message.content()));
    }

    static io.quarkiverse.mcp.server.Content of(Content content) {
        return switch (content) {
            case Content.Text(var text) -> new TextContent(text);
            case Content.Image(var base64, var type) -> new ImageContent(base64, type);
            case Content.Audio(var base64, var type) -> new AudioContent(base64, type);
            case Content.Embedded(var resource) -> new EmbeddedResource(of(resource));
            case Content.Link(var uri, var name, var type) ->
                    new ResourceLink(uri, type, name, null, null, null, null, null);
        };
    }

    static ResourceContents of(ResourceContent content) {
        return switch (content) {
            case ResourceContent.Text(var uri, var type, var text) ->
                    new TextResourceContents(uri, text, type);
            case ResourceContent.Binary(var uri, var type, var base64) ->
                    new BlobResourceContents(uri, base64, type);
        };
    }

    /// The answer of a tool whose client can be asked nothing.
    static ToolAnswer answer(Outcome<ToolAnswer> outcome) {
        return switch (outcome) {
            case Outcome.Done<ToolAnswer>(var answer) -> answer;
            case Outcome.InputRequired<ToolAnswer> asking ->
                    ToolAnswer.failed(unanswerable(asking.abilities()));
        };
    }

    /// Nobody is there to answer what would have to be asked.
    static Problem unanswerable(Set<Ability> needed) {
        return new Problem.Invalid(
                "client",
                "has to offer "
                        + needed.stream()
                                .map(Ability::key)
                                .sorted()
                                .collect(Collectors.joining(" and "))
                        + ", which it did not say it does");
    }
}
