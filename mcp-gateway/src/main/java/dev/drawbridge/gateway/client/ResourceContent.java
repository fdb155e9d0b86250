package dev.drawbridge.gateway.client;

/// What a resource holds.
public sealed interface ResourceContent {
    String uri();

    String mimeType();

    /// Text of any type.
    record Text(String uri, String mimeType, String text) implements ResourceContent {}

    /// Anything else.
    ///
    /// @param base64 the bytes
    record Binary(String uri, String mimeType, String base64) implements ResourceContent {}
}
