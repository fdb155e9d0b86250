package dev.drawbridge.gateway.connection;

import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.Resealable;
import dev.drawbridge.sql.SealedColumns;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The table of what connections keep sealed beside their passwords.
@Singleton
final class ConnectionSecretRepository {
    /// A column of a select from `gateway.connection`.
    static final String OF_A_CONNECTION =
            """
            (select jsonb_agg(
                      jsonb_build_object('name', s.name, 'sealed', s.sealed, 'inUse', s.in_use)
                      order by s.created_at, s.name)
               from gateway.connection_secret s
              where s.tenant = connection.tenant
                and s.connection = connection.id) as secrets
            """;

    private final Db db;

    ConnectionSecretRepository(Db db) {
        this.db = db;
    }

    /// Sealed by [ConnectionSecrets].
    @Produces
    @Singleton
    Resealable sealed(SealedColumns columns) {
        return columns.of(
                "gateway.connection_secret",
                "sealed",
                "'connection:' || connection || ':' || name");
    }

    /// Those in a row of a connection.
    static List<SealedSecret> secrets(@Nullable JsonArray stored) {
        return stored == null
                ? List.of()
                : stored.stream()
                        .map(JsonObject.class::cast)
                        .map(one ->
                                new SealedSecret(
                                        one.getString("name"),
                                        one.getString("sealed"),
                                        one.getBoolean("inUse")))
                        .toList();
    }

    /// Makes them a connection's. One that is not changed stays as it is stored, where it may have
    /// been sealed anew since it was read.
    void replace(List<SealedSecret> before, Connection after) {
        for (SealedSecret old : before) {
            if (after.secrets().stream().noneMatch(kept -> kept.name().equals(old.name()))) {
                db.update(
                        """
                        delete from gateway.connection_secret
                         where tenant = $1 and connection = $2 and name = $3
                        """,
                        after.tenant(),
                        after.id(),
                        old.name());
            }
        }
        for (SealedSecret wanted : after.secrets()) {
            if (!before.contains(wanted)) {
                store(after, wanted, isResealed(before, wanted));
            }
        }
    }

    private static boolean isResealed(List<SealedSecret> before, SealedSecret wanted) {
        return before.stream()
                .noneMatch(old ->
                        old.name().equals(wanted.name()) && old.sealed().equals(wanted.sealed()));
    }

    private void store(Connection connection, SealedSecret wanted, boolean isResealed) {
        db.update(
                """
                insert into gateway.connection_secret as s
                       (tenant, connection, name, sealed, in_use)
                values ($1, $2, $3, $4, $5)
                    on conflict (tenant, connection, name) do update
                   set sealed = case when $6 then excluded.sealed else s.sealed end,
                       in_use = excluded.in_use
                """,
                connection.tenant(),
                connection.id(),
                wanted.name(),
                wanted.sealed(),
                wanted.inUse(),
                isResealed);
    }
}
