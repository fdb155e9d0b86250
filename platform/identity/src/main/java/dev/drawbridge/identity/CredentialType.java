package dev.drawbridge.identity;

import com.fasterxml.jackson.annotation.JsonValue;

/// The opaque credentials that auth-service issues, told apart by their prefix.
public enum CredentialType {
    /// A person's, after a login.
    SESSION("session", "dbs_"),
    /// An agent's or a script's.
    API_TOKEN("api_token", "dbk_"),
    /// An operator's back end's; only from trusted networks, and for no agent.
    SERVICE_ROLE("service_role", "dbr_");

    private final String text;
    private final String prefix;

    CredentialType(String text, String prefix) {
        this.text = text;
        this.prefix = prefix;
    }

    @JsonValue
    public String text() {
        return text;
    }

    public String prefix() {
        return prefix;
    }
}
