package dev.drawbridge.identity.network;

import java.net.URI;

/// A URL that paths are added to. Whether it ends in a slash makes no difference.
public record BaseUrl(String text) {
    public BaseUrl {
        text = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    public static BaseUrl of(URI url) {
        return new BaseUrl(url.toString());
    }

    /// The URL of a path.
    ///
    /// @param path from its slash on, with whatever follows it
    public URI at(String path) {
        return URI.create(text + path);
    }
}
