package dev.drawbridge.gateway.mcp.wire;

import dev.drawbridge.gateway.client.ResourceContent;
import dev.drawbridge.gateway.completion.Completion;
import dev.drawbridge.gateway.resource.ResourceDescription;
import dev.drawbridge.gateway.resource.ResourcePage;
import dev.drawbridge.gateway.resource.TemplateDescription;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.List;

/// The results of `resources/…` and `completion/complete`.
public final class ResourceJson {
    private ResourceJson() {}

    public static JsonObject of(ResourcePage page) {
        var all = new JsonArray();
        page.resources().forEach(one -> all.add(of(one)));
        var result = new JsonObject().put("resources", all);
        return page.nextCursor() == null ? result : result.put("nextCursor", page.nextCursor());
    }

    private static JsonObject of(ResourceDescription one) {
        return new JsonObject()
                .put("uri", one.uri())
                .put("name", one.name())
                .put("title", one.title())
                .put("description", one.description())
                .put("mimeType", one.mimeType());
    }

    public static JsonObject of(List<TemplateDescription> templates) {
        var all = new JsonArray();
        templates.forEach(one -> all.add(of(one)));
        return new JsonObject().put("resourceTemplates", all);
    }

    private static JsonObject of(TemplateDescription one) {
        return new JsonObject()
                .put("uriTemplate", one.uriTemplate())
                .put("name", one.name())
                .put("title", one.title())
                .put("description", one.description())
                .put("mimeType", one.mimeType());
    }

    public static JsonObject of(ResourceContent content) {
        return new JsonObject().put("contents", new JsonArray().add(ContentJson.of(content)));
    }

    public static JsonObject of(Completion completion) {
        var json =
                new JsonObject()
                        .put("values", new JsonArray(completion.values()))
                        .put("hasMore", completion.hasMore());
        if (completion.total() != null) {
            json.put("total", completion.total());
        }
        return new JsonObject().put("completion", json);
    }
}
