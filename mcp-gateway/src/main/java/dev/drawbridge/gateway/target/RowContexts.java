package dev.drawbridge.gateway.target;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.drawbridge.gateway.pool.Asker;
import dev.drawbridge.gateway.pool.Policies;
import dev.drawbridge.identity.Caller;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Says to a target database who asks, in the way its connection declares, and sets the bounds
/// where the session does not know them. Everything is local to the transaction.
///
/// A setting whose source the caller lacks is set to '', which policies must take for nobody: left
/// alone it could hold something else. In mode `signed` nothing is set but what is signed: a policy
/// on `request.jwt.claims` would look as if it held.
@Singleton
public final class RowContexts {
    /// The claims that Supabase's `auth.uid()` and `auth.jwt()` read (PostgREST's convention).
    private static final String CLAIMS = "request.jwt.claims";

    private static final String USER = "app.current_rls_user_id";

    /// Releases what somebody locked for the session, which no ROLLBACK does.
    private static final String UNLOCK = "select pg_catalog.pg_advisory_unlock_all()";

    /// For clocks that differ, and for what stands in a queue.
    private static final Duration ALLOWANCE = Duration.ofSeconds(30);

    /// How long the same signed text is said again.
    private static final Duration REPEATED = Duration.ofSeconds(5);

    private final TargetConfig config;
    private final Policies policies;

    /// By the caller's identity, which lasts as long as its credential is remembered.
    private final Cache<Caller, Known> known = Caffeine.newBuilder().weakKeys().build();

    RowContexts(TargetConfig config, Policies policies) {
        this.config = config;
        this.policies = policies;
    }

    /// What is said of one caller.
    private record Known(Asker asker, Map<Key, Said> contexts) {}

    /// @param timeout of one statement
    private record Key(
            Rls rls,
            boolean keepsSettings,
            String login,
            @Nullable SigningKey signingKey,
            Duration timeout) {}

    /// @param since when, by `System.nanoTime`
    private record Said(RowContext context, long since) {
        boolean isFresh() {
            return context.signed() == null || System.nanoTime() - since < REPEATED.toNanos();
        }
    }

    /// The prologue of one call on a target. What of it is signed is valid from now on for the
    /// statement's time and half a minute.
    public RowContext of(Caller caller, Target target) {
        Known of = known.get(caller, this::known);
        var key =
                new Key(
                        target.rls(),
                        target.keepsSettings(),
                        target.username(),
                        target.signingKey(),
                        timeout(target, of.asker()));
        Said said = of.contexts().get(key);
        if (said == null || !said.isFresh()) {
            said = new Said(make(caller, of.asker(), key), System.nanoTime());
            of.contexts().put(key, said);
        }
        return said.context();
    }

    private Known known(Caller caller) {
        var asker = new Asker(policies.classOf(caller), caller.id(), caller.credential().id());
        return new Known(asker, new ConcurrentHashMap<>());
    }

    private Duration timeout(Target target, Asker asker) {
        return Bounds.timeout(config, target.classes().of(asker.agentClass()));
    }

    /// The prologue of what no caller asks: it says nobody.
    public RowContext ofNobody(Target target) {
        List<String> values = new ArrayList<>();
        var sql = opening(values);
        if (!target.keepsSettings()) {
            Bounds.of(config, timeout(target, Asker.GATEWAY))
                    .forEach((setting, value) -> set(sql, values, setting, value));
        }
        return new RowContext(sql.toString(), values, "{}", Asker.GATEWAY);
    }

    private RowContext make(Caller caller, Asker asker, Key key) {
        Rls rls = key.rls();
        List<String> values = new ArrayList<>();
        var sql = opening(values);
        if (!key.keepsSettings()) {
            Bounds.of(config, key.timeout())
                    .forEach((setting, value) -> set(sql, values, setting, value));
        }
        if (rls.mode() == Rls.Mode.CLAIMS) {
            set(sql, values, CLAIMS, claims(caller).encode());
            set(sql, values, USER, caller.id().toString());
            rls.settings()
                    .forEach((setting, source) -> set(sql, values, setting, value(caller, source)));
        }
        if (rls.role() != null) {
            set(sql, values, "role", rls.role());
        }
        String description = description(caller, key);
        if (key.signingKey() == null) {
            return new RowContext(sql.toString(), values, description, asker);
        }
        String signed =
                key.signingKey()
                        .sign(
                                claims(caller).put("settings", settings(caller, rls)).encode(),
                                Instant.now().plus(key.timeout()).plus(ALLOWANCE).plus(REPEATED));
        set(sql, values, SigningKey.SETTING, signed);
        return new RowContext(sql.toString(), values, description, asker, signed);
    }

    /// Also what the server calls the session while it serves the call, in `pg_stat_activity` and
    /// in its log.
    private static StringBuilder opening(List<String> values) {
        var sql = new StringBuilder(UNLOCK);
        set(sql, values, "application_name", CallTrace.APPLICATION);
        return sql;
    }

    private static void set(StringBuilder sql, List<String> values, String setting, String value) {
        values.add(value);
        sql.append(", pg_catalog.set_config('")
                .append(literal(setting))
                .append("', $")
                .append(values.size())
                .append(", true)");
    }

    private static JsonObject claims(Caller caller) {
        return new JsonObject()
                .put("sub", caller.id().toString())
                .put("role", "authenticated")
                .put("username", caller.username())
                .put("tenant", caller.tenant())
                .put("groups", new JsonArray(caller.groups()))
                .put("app_metadata", new JsonObject(Map.copyOf(caller.attributes())));
    }

    /// Empty where the caller lacks it.
    static String value(Caller caller, String source) {
        return switch (source) {
            case "id" -> caller.id().toString();
            case "username" -> caller.username();
            case "tenant" -> caller.tenant();
            default -> {
                Object attribute =
                        caller.attributes().get(source.substring("attributes.".length()));
                yield attribute == null ? "" : attribute.toString();
            }
        };
    }

    private static JsonObject settings(Caller caller, Rls rls) {
        var settings = new JsonObject();
        rls.settings().forEach((setting, source) -> settings.put(setting, value(caller, source)));
        return settings;
    }

    private static String description(Caller caller, Key key) {
        Rls rls = key.rls();
        var description = new JsonObject().put("mode", rls.mode().name().toLowerCase(Locale.ROOT));
        if (rls.role() != null) {
            description.put("role", rls.role());
        }
        if (rls.mode() == Rls.Mode.ROLE) {
            description.put("login", key.login());
        }
        JsonObject settings = settings(caller, rls);
        return (settings.isEmpty() ? description : description.put("settings", settings)).encode();
    }

    private static String literal(String text) {
        return text.replace("'", "''");
    }
}
