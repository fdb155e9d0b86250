package dev.drawbridge.gateway.mcp.wire;

import dev.drawbridge.gateway.client.Content;
import dev.drawbridge.gateway.client.ResourceContent;

import io.vertx.core.json.JsonObject;

/// Pieces of answers as JSON.
public final class ContentJson {
    private ContentJson() {}

    /// A content block.
    public static JsonObject of(Content content) {
        return switch (content) {
            case Content.Text(var text) -> typed("text").put("text", text);
            case Content.Image(var base64, var type) ->
                    typed("image").put("data", base64).put("mimeType", type);
            case Content.Audio(var base64, var type) ->
                    typed("audio").put("data", base64).put("mimeType", type);
            case Content.Embedded(var resource) -> typed("resource").put("resource", of(resource));
            case Content.Link(var uri, var name, var type) ->
                    typed("resource_link").put("uri", uri).put("name", name).put("mimeType", type);
        };
    }

    /// The contents of a resource.
    public static JsonObject of(ResourceContent content) {
        var json = new JsonObject().put("uri", content.uri()).put("mimeType", content.mimeType());
        return switch (content) {
            case ResourceContent.Text text -> json.put("text", text.text());
            case ResourceContent.Binary binary -> json.put("blob", binary.base64());
        };
    }

    private static JsonObject typed(String type) {
        return new JsonObject().put("type", type);
    }
}
