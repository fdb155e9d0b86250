package dev.drawbridge.gateway.client;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What comes of a request: its answer, or questions without whose answers there is none. Then the
/// client sends the request again with them, to whichever replica; nothing waits meanwhile.
///
/// @param <T> the answer
public sealed interface Outcome<T> {
    /// The answer.
    record Done<T>(T answer) implements Outcome<T> {}

    /// Questions.
    ///
    /// @param requests by a key of the feature's choice
    /// @param state given back with the answers; nobody else can read or change it
    record InputRequired<T>(Map<String, InputRequest> requests, @Nullable JsonObject state)
            implements Outcome<T> {
        /// What a client must be able to, to be asked all this.
        public Set<Ability> abilities() {
            return requests.values().stream()
                    .map(InputRequest::ability)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    static <T> Outcome<T> done(T answer) {
        return new Done<>(answer);
    }
}
