package dev.drawbridge.gateway.connection;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.drawbridge.gateway.target.StartupName;
import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

/// What an administrator asks of the target's side of mode `signed`.
///
/// @param keys what becomes of the keys; null keeps them
/// @param database null for the connection's own
/// @param username of a login that may create a schema there; null to get the SQL instead
/// @param password of that login, used once and not kept
public record InstallRls(
        Keys keys,
        @Nullable String database,
        @Nullable String username,
        @Nullable String password) {

    /// Checks what an administrator wrote.
    public InstallRls {
        keys = keys == null ? Keys.KEEP : keys;
        if (database != null) {
            StartupName.require("database", database);
        }
        if (username != null) {
            StartupName.require("username", username);
        }
        if ((username == null) != (password == null)) {
            throw new Problem.Invalid(
                            username == null ? "username" : "password",
                            "is missing: username and password go together")
                    .exception();
        }
    }

    /// What becomes of a connection's keys.
    public enum Keys {
        @JsonProperty("keep")
        KEEP,
        /// A second one, which signs when the target has it.
        @JsonProperty("rotate")
        ROTATE,
        /// The second one signs, if the target has it.
        @JsonProperty("use")
        USE,
        /// The first one is not valid any more.
        @JsonProperty("retire")
        RETIRE
    }

    /// Never the password.
    @Override
    public String toString() {
        return "installation as " + username;
    }
}
