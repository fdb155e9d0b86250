package dev.drawbridge.gateway.pool;

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
