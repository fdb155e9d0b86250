package dev.drawbridge.gateway.connection;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a database is for, which decides how large its pools may be.
public enum Environment {
    @JsonProperty("dev")
    DEV,
    @JsonProperty("staging")
    STAGING,
    @JsonProperty("prod")
    PROD
}
