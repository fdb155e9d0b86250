package dev.drawbridge.gateway.embedding;

import io.vertx.core.Future;

import java.util.List;

/// Turns texts into vectors that are near one another when the texts mean the same.
public interface EmbeddingModel extends AutoCloseable {
    /// How long one text may be, in characters.
    int LONGEST = 8_192;

    /// How many texts one call may have.
    int MOST = 32;

    /// What others call it.
    String name();

    /// The vectors of some texts, in their order; all have the same length.
    ///
    /// @param texts at most [#MOST], each of at most [#LONGEST] characters
    /// @return on the caller's context; fails with `OVERLOADED`, `UPSTREAM_ERROR`
    Future<List<List<Float>>> embed(List<String> texts);

    @Override
    void close();
}
