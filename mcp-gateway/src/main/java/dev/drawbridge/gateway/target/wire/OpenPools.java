package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The pools that there are: for each login of a connection so many databases at most, those that
/// were used last.
final class OpenPools {
    /// Between getting a pool and reading with it lies less, however slow the machine is.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final int most;
    private final Map<Key, TargetPool> pools = new ConcurrentHashMap<>();

    /// @param most databases for each login
    OpenPools(Vertx vertx, int most) {
        this.vertx = vertx;
        this.most = most;
    }

    /// @param login null for a stored one
    /// @param username of which a connection may store several
    record Key(
            UUID connection, long version, @Nullable UUID login, String username, String database) {
        static Key of(Target target, String database) {
            return new Key(
                    target.connection(),
                    target.version(),
                    target.login(),
                    target.username(),
                    database);
        }

        /// But for the database.
        boolean isLikeThat(Key other) {
            return equals(
                    new Key(
                            other.connection,
                            other.version,
                            other.login,
                            other.username,
                            database));
        }
    }

    /// The pool that there is, or a new one.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `OVERLOADED` when there is room for no other
    ///   and all are in use
    TargetPool get(Key key, Supplier<TargetPool> open) {
        TargetPool known = pools.get(key);
        TargetPool pool = known == null ? add(key, open) : known;
        pool.touch();
        return pool;
    }

    private synchronized TargetPool add(Key key, Supplier<TargetPool> open) {
        TargetPool known = pools.get(key);
        if (known != null) {
            return known;
        }
        if (pools.keySet().stream().filter(key::isLikeThat).count() >= most) {
            retire(leastUsed(key));
        }
        TargetPool fresh = open.get();
        pools.put(key, fresh);
        return fresh;
    }

    private Key leastUsed(Key like) {
        return pools.entrySet().stream()
                .filter(one -> like.isLikeThat(one.getKey()) && !one.getValue().isBusy())
                .max(Comparator.comparing(one -> one.getValue().unusedFor()))
                .orElseThrow(() -> new Problem.Overloaded(GRACE).exception())
                .getKey();
    }

    /// Retires those that nobody used for so long.
    void retireUnused(Duration idle) {
        pools.forEach((key, pool) -> {
            pool.sweep();
            if (!pool.isBusy() && pool.unusedFor().compareTo(idle) > 0) {
                retire(key);
            }
        });
    }

    /// Nobody gets it any more; who got it just now still reads with it.
    private void retire(Key key) {
        TargetPool pool = pools.remove(key);
        if (pool != null) {
            vertx.setTimer(GRACE.toMillis(), _ -> pool.close());
        }
    }

    /// Retires those whose keys are meant.
    void retire(Predicate<Key> which) {
        pools.keySet().stream().filter(which).toList().forEach(this::retire);
    }

    /// Closes those whose keys are meant, at once.
    void close(Predicate<Key> which) {
        pools.entrySet()
                .removeIf(entry -> {
                    boolean meant = which.test(entry.getKey());
                    if (meant) {
                        entry.getValue().close();
                    }
                    return meant;
                });
    }

    int size() {
        return pools.size();
    }
}
