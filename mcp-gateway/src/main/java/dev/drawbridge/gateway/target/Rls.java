package dev.drawbridge.gateway.target;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// How a target database learns who asks.
///
/// @param settings configuration parameters to set, such as `app.store_id`, by where their value
///   comes from: `attributes.{name}`, `id`, `username` or `tenant`
/// @param role a database role to take on with SET LOCAL ROLE; null for none
/// @param source what of a caller decides its login, in mode `role`: `username`, `groups` or
///   `attributes.{name}`; else null
/// @param logins of the database, in mode `role`, by what `source` has for their callers
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rls(
        Mode mode,
        Map<String, String> settings,
        @Nullable String role,
        @Nullable String source,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, RlsLogin> logins) {
    public static final Rls NONE = new Rls(Mode.NONE, Map.of(), null);

    /// A custom parameter has a dot in its name, so nothing of PostgreSQL's own can be set here.
    private static final Pattern SETTING =
            Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)+");

    /// Whose values others give a meaning: PostgREST's, and ours.
    private static final Pattern TAKEN = Pattern.compile("(request|drawbridge)\\..*");

    private static final Pattern SOURCE =
            Pattern.compile("id|username|tenant|attributes\\.[A-Za-z0-9_]+");
    private static final Pattern LOGIN_SOURCE =
            Pattern.compile("username|groups|attributes\\.[A-Za-z0-9_]+");
    private static final Pattern ROLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_$-]{0,62}");
    private static final Pattern VALUE = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final int MOST_LOGINS = 50;

    /// Checks what an administrator wrote.
    @JsonCreator
    public Rls {
        mode = mode == null ? Mode.NONE : mode;
        settings = settings == null ? Map.of() : new TreeMap<>(settings);
        logins = logins == null ? Map.of() : new TreeMap<>(logins);
        if (!mode.tellsClaims() && (!settings.isEmpty() || role != null)) {
            throw invalid(
                    "rls.mode",
                    "must be claims or signed for settings or a role to have an effect");
        }
        if (mode != Mode.ROLE && (source != null || !logins.isEmpty())) {
            throw invalid("rls.mode", "must be role for a source or logins to have an effect");
        }
        settings.forEach(Rls::check);
        if (role != null && !ROLE.matcher(role).matches()) {
            throw invalid("rls.role", "is not the name of a role");
        }
        if (mode == Mode.ROLE) {
            requireLogins(source, logins);
        }
    }

    /// One without logins of its own.
    public Rls(Mode mode, Map<String, String> settings, @Nullable String role) {
        this(mode, settings, role, null, Map.of());
    }

    public enum Mode {
        /// The database is not told.
        @JsonProperty("none")
        NONE,
        /// Transaction-local settings that policies read.
        @JsonProperty("claims")
        CLAIMS,
        /// The same, signed, so that policies need not trust a setting.
        @JsonProperty("signed")
        SIGNED,
        /// The login says who asks: policies read `session_user`.
        @JsonProperty("role")
        ROLE,
        /// The login may bypass the policies, so only service-role keys read with it.
        @JsonProperty("bypass")
        BYPASS;

        boolean tellsClaims() {
            return this == CLAIMS || this == SIGNED;
        }
    }

    /// The same without its secrets, for keeping.
    public Rls withoutPasswords() {
        Map<String, RlsLogin> bare = new TreeMap<>();
        logins.forEach((name, login) -> bare.put(name, new RlsLogin(login.username(), null)));
        return new Rls(mode, settings, role, source, bare);
    }

    /// Whether a caller may read with the connection's login.
    public boolean isOpenTo(Caller caller) {
        return mode != Mode.BYPASS || caller.credential().type() == CredentialType.SERVICE_ROLE;
    }

    /// The name among `logins` that a caller reads with, in mode `role`.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR` when none fits the
    ///   caller, or when more than one login does: which of them was meant nobody can know
    public String loginOf(Caller caller) {
        List<String> names = RlsLogin.names(caller, source);
        var fitting =
                logins.entrySet().stream().filter(one -> names.contains(one.getKey())).toList();
        if (fitting.isEmpty()) {
            throw refused("none of its logins is for your " + source);
        }
        if (fitting.stream().map(one -> one.getValue().username()).distinct().count() > 1) {
            throw refused("more than one of its logins is for your " + source);
        }
        return fitting.getFirst().getKey();
    }

    private static RuntimeException refused(String why) {
        return new Problem.Forbidden("to read this connection: " + why).exception();
    }

    private static void check(String setting, String source) {
        if (!SETTING.matcher(setting).matches() || TAKEN.matcher(setting).matches()) {
            throw invalid("rls.settings." + setting, "is not a custom setting such as app.tenant");
        }
        if (source == null || !SOURCE.matcher(source).matches()) {
            throw invalid(
                    "rls.settings." + setting,
                    "must take its value from id, username, tenant or attributes.{name}");
        }
    }

    private static void requireLogins(@Nullable String source, Map<String, RlsLogin> logins) {
        if (source == null || !LOGIN_SOURCE.matcher(source).matches()) {
            throw invalid("rls.source", "must be username, groups or attributes.{name}");
        }
        if (logins.isEmpty() || logins.size() > MOST_LOGINS) {
            throw invalid("rls.logins", "must be 1 to " + MOST_LOGINS);
        }
        for (var entry : logins.entrySet()) {
            if (!VALUE.matcher(entry.getKey()).matches()) {
                throw invalid(
                        "rls.logins",
                        "must be named by 1 to 200 characters, none of them a control character");
            }
            RlsLogin.require("rls.logins." + entry.getKey(), entry.getValue());
        }
    }

    private static RuntimeException invalid(String field, String reason) {
        return new Problem.Invalid(field, reason).exception();
    }
}
