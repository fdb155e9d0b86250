package dev.drawbridge.gateway.embedding;

import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import java.util.List;
import java.util.regex.Pattern;

/// Turns texts into vectors that are near one another when the texts mean the same.
public interface EmbeddingModel extends AutoCloseable {
    /// How long one text may be, in characters.
    int LONGEST = 8_192;

    /// How many texts one call may have.
    int MOST = 32;

    /// What a model makes a token of; of spaces, control characters and lone accents it makes none.
    Pattern SAYS_SOMETHING = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}]");

    /// A text that a model can read.
    ///
    /// @param at where it stands in the call
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` if there is nothing in it
    static String requireReadable(String at, String text) {
        if (!SAYS_SOMETHING.matcher(text).find()) {
            throw new Problem.Invalid(at, "has nothing to read in it").exception();
        }
        return text;
    }

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
