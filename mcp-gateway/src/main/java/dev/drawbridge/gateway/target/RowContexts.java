package dev.drawbridge.gateway.target;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.drawbridge.identity.Caller;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Says to a target database who asks, in the way its connection declares, and sets the bounds
/// where the session does not know them. Everything is local to the transaction.
///
/// A setting whose source the caller lacks is set to '', which policies must take for nobody: left
/// alone it could hold something else.
@Singleton
public final class RowContexts {
    /// The claims that Supabase's `auth.uid()` and `auth.jwt()` read (PostgREST's convention).
    private static final String CLAIMS = "request.jwt.claims";

    private static final String USER = "app.current_rls_user_id";

    /// Releases what somebody locked for the session, which no ROLLBACK does.
    private static final String UNLOCK = "select pg_catalog.pg_advisory_unlock_all()";

    private final Map<String, String> bounds;

    /// By the caller's identity, which lasts as long as its credential is remembered.
    private final Cache<Caller, Map<Key, RowContext>> known =
            Caffeine.newBuilder().weakKeys().build();

    RowContexts(TargetConfig config) {
        this.bounds = Bounds.of(config);
    }

    private record Key(Rls rls, boolean keepsSettings) {}

    /// The prologue of one call.
    ///
    /// @param mode decides whether the session knows the bounds already
    public RowContext of(Caller caller, Rls rls, PoolMode mode) {
        return known.get(caller, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        new Key(rls, mode.keepsSettings()),
                        key -> make(caller, rls, key.keepsSettings()));
    }

    private RowContext make(Caller caller, Rls rls, boolean keepsSettings) {
        var sql = new StringBuilder(UNLOCK);
        List<String> values = new ArrayList<>();
        if (!keepsSettings) {
            bounds.forEach((setting, value) -> set(sql, values, setting, value));
        }
        if (rls.mode() == Rls.Mode.NONE) {
            return new RowContext(sql.toString(), values, description(caller, rls));
        }
        set(sql, values, CLAIMS, claims(caller));
        set(sql, values, USER, caller.id().toString());
        rls.settings()
                .forEach((setting, source) -> set(sql, values, setting, value(caller, source)));
        if (rls.role() != null) {
            set(sql, values, "role", rls.role());
        }
        return new RowContext(sql.toString(), values, description(caller, rls));
    }

    private static void set(StringBuilder sql, List<String> values, String setting, String value) {
        values.add(value);
        sql.append(", pg_catalog.set_config('")
                .append(literal(setting))
                .append("', $")
                .append(values.size())
                .append(", true)");
    }

    private static String claims(Caller caller) {
        return new JsonObject()
                .put("sub", caller.id().toString())
                .put("role", "authenticated")
                .put("username", caller.username())
                .put("tenant", caller.tenant())
                .put("groups", new JsonArray(caller.groups()))
                .put("app_metadata", new JsonObject(Map.copyOf(caller.attributes())))
                .encode();
    }

    private static String value(Caller caller, String source) {
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

    private static String description(Caller caller, Rls rls) {
        var settings = new JsonObject();
        rls.settings().forEach((setting, source) -> settings.put(setting, value(caller, source)));
        var description = new JsonObject().put("mode", rls.mode().name().toLowerCase(Locale.ROOT));
        if (rls.role() != null) {
            description.put("role", rls.role());
        }
        return (settings.isEmpty() ? description : description.put("settings", settings)).encode();
    }

    private static String literal(String text) {
        return text.replace("'", "''");
    }
}
