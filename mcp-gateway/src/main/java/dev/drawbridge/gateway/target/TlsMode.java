package dev.drawbridge.gateway.target;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How a session to a database is protected, in libpq's words, from the weakest on.
public enum TlsMode {
    @JsonProperty("disable")
    DISABLE,
    /// Encrypted, to whoever answers.
    @JsonProperty("require")
    REQUIRE,
    /// Encrypted, to a server with a certificate of a trusted authority.
    @JsonProperty("verify-ca")
    VERIFY_CA,
    /// The same, and the certificate is for this host.
    @JsonProperty("verify-full")
    VERIFY_FULL
}
