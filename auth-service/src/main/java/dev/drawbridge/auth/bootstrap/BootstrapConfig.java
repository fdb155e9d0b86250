package dev.drawbridge.auth.bootstrap;

import io.smallrye.config.ConfigMapping;

import java.nio.file.Path;
import java.util.Optional;

/// The first administrator.
@ConfigMapping(prefix = "auth.bootstrap")
public interface BootstrapConfig {
    /// A file with the password of the user `admin`, read once, while there is no user at all.
    Optional<Path> adminPasswordFile();
}
