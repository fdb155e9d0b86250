package dev.drawbridge.local.service;

import dev.drawbridge.local.home.PrivateFile;
import dev.drawbridge.local.report.LaunchException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// The JDK's ahead-of-time cache of one build of a service. The first JVM trains it and writes it
/// when it ends; later ones start in half the time. A JVM that never got ready has trained too
/// little: its cache is not used.
final class AotCache {
    private final Path folder;
    private final String service;
    private final Path cache;
    private final Path trust;

    AotCache(Path folder, String service, String fingerprint) {
        this.folder = folder;
        this.service = service;
        this.cache = folder.resolve(service + "-" + fingerprint + ".aot");
        this.trust = folder.resolve(service + "-" + fingerprint + ".ready");
    }

    /// The JVM's option for the next start; caches that will not be used again are swept away.
    String option() {
        if (Files.exists(trust)) {
            deleteAllBut(folder, service, Set.of(cache, trust));
            return (Files.exists(cache) ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=") + cache;
        }
        discard(folder, service);
        return "-XX:AOTCacheOutput=" + cache;
    }

    /// The service is ready: what this JVM writes, or has read, is good.
    void trust() {
        PrivateFile.write(trust, "");
    }

    /// A cache that was being written may be half.
    static void discard(Path folder, String service) {
        deleteAllBut(folder, service, Set.of());
    }

    private static void deleteAllBut(Path folder, String service, Set<Path> kept) {
        try (var files = Files.newDirectoryStream(folder, service + "-*")) {
            for (Path file : files) {
                if (!kept.contains(file)) {
                    PrivateFile.delete(file);
                }
            }
        } catch (IOException failure) {
            throw LaunchException.because(folder + " cannot be read", failure);
        }
    }
}
