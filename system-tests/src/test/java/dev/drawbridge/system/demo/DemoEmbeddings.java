package dev.drawbridge.system.demo;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Computes the embeddings of the demo's products with all-MiniLM-L6-v2, and writes them beside the
/// catalogue. They are committed, because the model weighs more than the launcher and gives the
/// same vectors every time; run [#main] again after `products.tsv` has changed.
final class DemoEmbeddings {
    static final int DIMENSIONS = 384;

    private static final Path FOLDER = Path.of("deploy/local/src/main/resources/demo");

    private DemoEmbeddings() {}

    public static void main(String[] arguments) throws IOException {
        var products = products();
        var bytes = ByteBuffer.allocate(products.size() * DIMENSIONS * Float.BYTES);
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        for (float[] vector : embed(products)) {
            for (float component : vector) {
                bytes.putFloat(component);
            }
        }
        Files.write(resource(), bytes.array());
    }

    /// The text that is embedded, one for each product, in the order of the catalogue.
    static List<String> products() throws IOException {
        return Files.readAllLines(folder().resolve("products.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .map(columns -> columns[4] + ". " + columns[5])
                .toList();
    }

    /// Unit vectors of [#DIMENSIONS] floats, in the order of the texts.
    static List<float[]> embed(List<String> texts) {
        var model = new AllMiniLmL6V2QuantizedEmbeddingModel();
        var vectors = new ArrayList<float[]>();
        for (String text : texts) {
            vectors.add(model.embed(TextSegment.from(text)).content().vector());
        }
        return vectors;
    }

    static Path resource() {
        return folder().resolve("product_embeddings.f32");
    }

    /// Maven starts in the module's folder, an editor in the checkout's.
    private static Path folder() {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(FOLDER))) {
                return at.resolve(FOLDER);
            }
        }
        throw new IllegalStateException("no " + FOLDER + " above the working folder");
    }
}
