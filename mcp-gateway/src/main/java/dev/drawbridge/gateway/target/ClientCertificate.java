package dev.drawbridge.gateway.target;

/// What a session proves to a server that asks who connects.
///
/// @param chain PEM, ours first
/// @param key PEM of the private key of the first
public record ClientCertificate(String chain, String key) {
    /// Never the key.
    @Override
    public String toString() {
        return "client certificate";
    }
}
