package dev.drawbridge.gateway.target;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A login of a database for some of the callers of its connection.
///
/// @param password as an administrator sends it; null wherever it is shown or stored
public record RlsLogin(
        String username,
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Nullable String password) {
    private static final int LONGEST_PASSWORD = 1_000;

    /// Checks one that an administrator wrote.
    ///
    /// @param field that it came in
    static void require(String field, @Nullable RlsLogin login) {
        if (login == null || login.username() == null) {
            throw new Problem.Invalid(field + ".username", "is missing").exception();
        }
        StartupName.require(field + ".username", login.username());
        String password = login.password();
        if (password != null && (password.isEmpty() || password.length() > LONGEST_PASSWORD)) {
            throw new Problem.Invalid(
                            field + ".password", "must be 1 to " + LONGEST_PASSWORD + " characters")
                    .exception();
        }
    }

    /// What a caller is called, by one source.
    static List<String> names(Caller caller, @Nullable String source) {
        return switch (String.valueOf(source)) {
            case "username" -> List.of(caller.username());
            case "groups" -> caller.groups();
            default -> {
                String text = RowContexts.value(caller, String.valueOf(source));
                yield text.isEmpty() ? List.of() : List.of(text);
            }
        };
    }

    /// Never the password.
    @Override
    public String toString() {
        return "login " + username;
    }
}
