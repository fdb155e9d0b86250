package dev.drawbridge.gateway.target;

import org.jspecify.annotations.Nullable;

/// How the sessions of a connection are protected.
///
/// @param authority PEM of the one to trust; null for the public ones
/// @param client null where sessions show no certificate
public record Tls(TlsMode mode, @Nullable String authority, @Nullable ClientCertificate client) {
    /// One that shows no certificate.
    public Tls(TlsMode mode, @Nullable String authority) {
        this(mode, authority, null);
    }
}
