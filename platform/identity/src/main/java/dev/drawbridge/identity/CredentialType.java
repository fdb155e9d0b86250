package dev.drawbridge.identity;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Arrays;
import java.util.Optional;

/// What a caller may show: the opaque credentials that auth-service issues, told apart by their
/// prefix, tokens of identity providers, and logins of target databases.
public enum CredentialType {
    /// A person's, after a login.
    SESSION("session", "dbs_"),
    /// An agent's or a script's.
    API_TOKEN("api_token", "dbk_"),
    /// An operator's back end's; only from trusted networks, and for no agent.
    SERVICE_ROLE("service_role", "dbr_"),
    /// A JWT that an identity provider issued for us; not of our form, so without a prefix.
    PROVIDER_TOKEN("provider_token", ""),
    /// A login and password of a target database, judged by that database.
    DATABASE_LOGIN("database_login", "");

    private final String text;
    private final String prefix;

    CredentialType(String text, String prefix) {
        this.text = text;
        this.prefix = prefix;
    }

    /// The type of this [#text]; empty for any other.
    public static Optional<CredentialType> find(String text) {
        return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
    }

    @JsonValue
    public String text() {
        return text;
    }

    public String prefix() {
        return prefix;
    }

    /// Whether auth-service issues it, in the form of [OpaqueCredential].
    public boolean isOpaque() {
        return !prefix.isEmpty();
    }
}
