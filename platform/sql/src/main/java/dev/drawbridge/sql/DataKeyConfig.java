package dev.drawbridge.sql;

import io.smallrye.config.ConfigMapping;

import java.nio.file.Path;

/// The key under which secrets are stored.
@ConfigMapping(prefix = "drawbridge.data-key")
public interface DataKeyConfig {
    /// A file of lines `id:base64 of 32 bytes`. The first line's key seals; every key opens, so
    /// that keys can rotate.
    Path file();
}
