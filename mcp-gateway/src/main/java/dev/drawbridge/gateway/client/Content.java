package dev.drawbridge.gateway.client;

/// A piece of an answer.
public sealed interface Content {
    /// Words.
    record Text(String text) implements Content {}

    /// A picture.
    ///
    /// @param base64 the bytes
    record Image(String base64, String mimeType) implements Content {}

    /// A sound.
    ///
    /// @param base64 the bytes
    record Audio(String base64, String mimeType) implements Content {}

    /// A resource, whole.
    record Embedded(ResourceContent resource) implements Content {}

    /// A resource to be read where it is wanted.
    record Link(String uri, String name, String mimeType) implements Content {}
}
