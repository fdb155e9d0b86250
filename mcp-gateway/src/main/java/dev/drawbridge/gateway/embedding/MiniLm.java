package dev.drawbridge.gateway.embedding;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// all-MiniLM-L6-v2, quantized to 8 bits: 384 dimensions, unit vectors. A text of more than 510
/// tokens is embedded in parts, and their mean taken. Whoever names this class loads the model.
final class MiniLm {
    static final String NAME = "all-minilm-l6-v2-q";

    private static final AllMiniLmL6V2QuantizedEmbeddingModel MODEL = load();

    private MiniLm() {}

    static List<Float> embed(String text) {
        return MODEL.embed(text).content().vectorAsList();
    }

    /// The tokenizer's library would tell its makers that it is used, on machines of one cloud, and
    /// would unpack its native part into a folder of the user's that may not be writable, or be
    /// somebody else's to write to.
    private static AllMiniLmL6V2QuantizedEmbeddingModel load() {
        try {
            Path unpacked = Files.createTempDirectory("drawbridge-tokenizer");
            System.setProperty("OPT_OUT_TRACKING", "true");
            System.setProperty("ENGINE_CACHE_DIR", unpacked.toString());
            var model = new AllMiniLmL6V2QuantizedEmbeddingModel(Runnable::run);
            deleteOnExit(unpacked);
            return model;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void deleteOnExit(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.forEach(file -> file.toFile().deleteOnExit());
        }
    }
}
