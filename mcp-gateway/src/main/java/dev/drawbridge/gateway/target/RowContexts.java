package dev.drawbridge.gateway.target;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.drawbridge.identity.Caller;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Says to a target database who asks, in the way its connection declares, and sets the bounds of
/// the transaction. Everything is local to the transaction.
///
/// A setting whose source the caller lacks is set to '', which policies must take for nobody: left
/// alone it could hold something else.
@Singleton
public final class RowContexts {
    /// The claims that Supabase's `auth.uid()` and `auth.jwt()` read (PostgREST's convention).
    private static final String CLAIMS = "request.jwt.claims";

    private static final String USER = "app.current_rls_user_id";

    /// A transaction is idle only while our second flush is under way; that may take a while on a
    /// starved machine, and ending it costs the session.
    private static final Duration IDLE_GRACE = Duration.ofSeconds(10);

    private final String bounds;

    /// By the caller's identity, which lasts as long as its credential is remembered.
    private final Cache<Caller, Map<Rls, RowContext>> known =
            Caffeine.newBuilder().weakKeys().build();

    RowContexts(TargetConfig config) {
        this.bounds =
                """
                select pg_catalog.set_config('statement_timeout', '%d', true), \
                pg_catalog.set_config('lock_timeout', '%d', true), \
                pg_catalog.set_config('idle_in_transaction_session_timeout', '%d', true), \
                pg_catalog.set_config('work_mem', '%s', true), \
                pg_catalog.set_config('jit', 'off', true), \
                pg_catalog.set_config('standard_conforming_strings', 'on', true), \
                pg_catalog.pg_advisory_unlock_all()\
                """
                        .formatted(
                                config.statementTimeout().toMillis(),
                                config.lockTimeout().toMillis(),
                                config.statementTimeout().plus(IDLE_GRACE).toMillis(),
                                literal(config.workMem()));
    }

    /// The prologue of one call.
    public RowContext of(Caller caller, Rls rls) {
        return known.get(caller, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(rls, _ -> make(caller, rls));
    }

    private RowContext make(Caller caller, Rls rls) {
        if (rls.mode() == Rls.Mode.NONE) {
            return new RowContext(bounds, List.of());
        }
        var sql = new StringBuilder(bounds);
        List<String> values = new ArrayList<>();
        set(sql, values, CLAIMS, claims(caller));
        set(sql, values, USER, caller.id().toString());
        rls.settings()
                .forEach((setting, source) -> set(sql, values, setting, value(caller, source)));
        if (rls.role() != null) {
            set(sql, values, "role", rls.role());
        }
        return new RowContext(sql.toString(), values);
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

    private static String literal(String text) {
        return text.replace("'", "''");
    }
}
