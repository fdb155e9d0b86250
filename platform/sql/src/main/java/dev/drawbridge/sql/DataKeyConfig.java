package dev.drawbridge.sql;

import io.smallrye.config.ConfigMapping;

import java.nio.file.Path;

/// The key under which secrets are stored. Mapped from the first word of its name on, so that a
/// misspelt key anywhere under `drawbridge` stops the start.
@ConfigMapping(prefix = "drawbridge")
public interface DataKeyConfig {
    DataKey dataKey();

    /// `drawbridge.data-key`.
    interface DataKey {
        /// A file of lines `id:base64 of 32 bytes`. The first line's key seals; every key opens, so
        /// that keys can rotate. It is read again every two seconds.
        Path file();
    }
}
