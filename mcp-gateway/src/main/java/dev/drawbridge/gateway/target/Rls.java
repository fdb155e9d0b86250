package dev.drawbridge.gateway.target;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// How a target database learns who asks.
///
/// @param settings configuration parameters to set, such as `app.store_id`, by where their value
///   comes from: `attributes.{name}`, `id`, `username` or `tenant`
/// @param role a database role to take on with SET LOCAL ROLE; null for none
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rls(Mode mode, Map<String, String> settings, @Nullable String role) {
    public static final Rls NONE = new Rls(Mode.NONE, Map.of(), null);

    /// A custom parameter has a dot in its name, so nothing of PostgreSQL's own can be set here.
    private static final Pattern SETTING =
            Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)+");

    private static final Pattern SOURCE =
            Pattern.compile("id|username|tenant|attributes\\.[A-Za-z0-9_]+");
    private static final Pattern ROLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_$-]{0,62}");

    /// Checks what an administrator wrote.
    public Rls {
        mode = mode == null ? Mode.NONE : mode;
        settings = settings == null ? Map.of() : new TreeMap<>(settings);
        if (mode != Mode.CLAIMS && (!settings.isEmpty() || role != null)) {
            throw invalid("rls.mode", "must be claims for settings or a role to have an effect");
        }
        settings.forEach(Rls::check);
        if (role != null && !ROLE.matcher(role).matches()) {
            throw invalid("rls.role", "is not the name of a role");
        }
    }

    public enum Mode {
        /// The database is not told.
        @JsonProperty("none")
        NONE,
        /// Transaction-local settings that policies read.
        @JsonProperty("claims")
        CLAIMS,
        /// The login may bypass the policies, so only service-role keys read with it.
        @JsonProperty("bypass")
        BYPASS
    }

    /// Whether a caller may read with the connection's login.
    public boolean isOpenTo(Caller caller) {
        return mode != Mode.BYPASS || caller.credential().type() == CredentialType.SERVICE_ROLE;
    }

    private static void check(String setting, String source) {
        if (!SETTING.matcher(setting).matches() || setting.startsWith("request.")) {
            throw invalid("rls.settings." + setting, "is not a custom setting such as app.tenant");
        }
        if (!SOURCE.matcher(source).matches()) {
            throw invalid(
                    "rls.settings." + setting,
                    "must take its value from id, username, tenant or attributes.{name}");
        }
    }

    private static RuntimeException invalid(String field, String reason) {
        return new Problem.Invalid(field, reason).exception();
    }
}
