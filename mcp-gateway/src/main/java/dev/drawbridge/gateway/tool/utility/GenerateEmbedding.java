package dev.drawbridge.gateway.tool.utility;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.embedding.EmbeddingModel;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Set;

/// Turns texts into vectors.
@Singleton
final class GenerateEmbedding implements Tool {
    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "generate_embedding",
                    "Generate an embedding",
                    "Turns a text, or up to 32, into vectors of what they mean, with the model that"
                            + " semantic_search uses. To search, give semantic_search the text.",
                    Schemas.of()
                            .optional("text", text("One text."))
                            .optional(
                                    "texts",
                                    Schemas.list(text("A text."))
                                            .put("maxItems", EmbeddingModel.MOST)
                                            .put("description", "Several, instead of text."))
                            .closed(),
                    Schemas.of()
                            .required("model", Schemas.typed("string"))
                            .required("dimensions", Schemas.typed("integer"))
                            .required("vectors", Schemas.list(Schemas.typed("array")))
                            .open(),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.UTILITY));

    private final EmbeddingModel model;

    GenerateEmbedding(EmbeddingModel model) {
        this.model = model;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        return model.embed(texts(call)).map(this::answer).map(Outcome::done);
    }

    private static List<String> texts(ToolCall call) {
        String text = call.optionalText("text");
        List<String> texts = call.list("texts").stream().map(String::valueOf).toList();
        if ((text == null) == texts.isEmpty()) {
            throw new Problem.Invalid("text", "give either text or texts").exception();
        }
        for (int i = 0; i < texts.size(); i++) {
            EmbeddingModel.requireReadable("texts." + i, texts.get(i));
        }
        return text == null ? texts : List.of(EmbeddingModel.requireReadable("text", text));
    }

    private ToolAnswer answer(List<List<Float>> vectors) {
        int dimensions = vectors.getFirst().size();
        var lists = new JsonArray();
        vectors.forEach(vector -> lists.add(new JsonArray(vector)));
        String counted = vectors.size() == 1 ? "1 vector" : vectors.size() + " vectors";
        return new ToolAnswer(
                "%s of %d numbers by %s, in the structured content."
                        .formatted(counted, dimensions, model.name()),
                new JsonObject()
                        .put("model", model.name())
                        .put("dimensions", dimensions)
                        .put("vectors", lists)
                        .encode(),
                0);
    }

    private static JsonObject text(String description) {
        return Schemas.string(description)
                .put("minLength", 1)
                .put("maxLength", EmbeddingModel.LONGEST);
    }
}
