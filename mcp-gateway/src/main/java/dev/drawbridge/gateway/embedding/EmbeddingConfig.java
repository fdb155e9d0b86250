package dev.drawbridge.gateway.embedding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Which model turns texts into vectors.
@ConfigMapping(prefix = "gateway.embedding")
public interface EmbeddingConfig {
    /// Where a model is served as OpenAI does it, such as `https://models.example/v1/embeddings`.
    /// Without one, all-MiniLM-L6-v2 runs in this process: 384 dimensions, English, about 150 MB
    /// beside the heap from the first text on. The network policy of target databases holds for it.
    Optional<URI> url();

    /// What the model is called there.
    @WithDefault("text-embedding-3-small")
    String model();

    /// A file with the key that is sent as a bearer.
    Optional<Path> keyFile();

    /// How long an answer from there may take.
    @WithDefault("10s")
    Duration timeout();
}
