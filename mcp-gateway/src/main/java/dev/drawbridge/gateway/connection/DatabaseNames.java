package dev.drawbridge.gateway.connection;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.wire.Targets;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Which databases a login may connect to, as its server says, remembered for some seconds: a name
/// that somebody makes up costs no session.
@Singleton
public final class DatabaseNames {
    private static final Duration LIFETIME = Duration.ofSeconds(10);
    private static final int MOST = 10_000;

    /// The login may have taken on another role; it connects as itself.
    private static final String NAMES =
            """
            select datname::text
              from pg_catalog.pg_database
             where datallowconn
               and not datistemplate
               and has_database_privilege(session_user, oid, 'connect')
             order by datname
            """;

    private final Targets targets;
    private final Vertx vertx;
    private final AsyncCache<Key, List<String>> known =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LIFETIME).buildAsync();

    DatabaseNames(Targets targets, Vertx vertx) {
        this.targets = targets;
        this.vertx = vertx;
    }

    private record Key(UUID connection, long version, @Nullable UUID login, String name) {}

    /// Their names, in order.
    ///
    /// @param database of the same server, which is known to be there
    /// @param who asks; the answer is the same for all
    public Future<List<String>> of(Target target, String database, RowContext who) {
        var key = new Key(target.connection(), target.version(), target.login(), target.username());
        CompletableFuture<List<String>> names =
                known.get(
                        key,
                        (_, _) ->
                                ask(target, database, who)
                                        .toCompletionStage()
                                        .toCompletableFuture());
        return Future.fromCompletionStage(names, vertx.getOrCreateContext());
    }

    private Future<List<String>> ask(Target target, String database, RowContext who) {
        return targets.pool(target, database)
                .values(who, Statement.own(NAMES), new CancelSignal())
                .map(rows -> rows.stream().map(row -> String.valueOf(row.getFirst())).toList());
    }
}
