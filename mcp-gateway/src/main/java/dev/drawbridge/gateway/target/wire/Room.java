package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.pool.Budget;
import dev.drawbridge.gateway.pool.FairShare;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// How the sessions that a connection may have are shared between its pools: within the budget, no
/// class above its ceiling, and by weight where there are too few for all. Under the lock of
/// [ConnectionSessions].
final class Room {
    private final Budget budget;
    private final List<SessionPool> pools;
    private final Set<SessionPool> lacking = new LinkedHashSet<>();
    private int occupied;
    private int ending;

    /// @param pools all of the connection, by whoever adds and removes them
    Room(Budget budget, List<SessionPool> pools) {
        this.budget = budget;
        this.pools = pools;
    }

    /// A session is about to be opened.
    ///
    /// @return whether it may be: what there was may have become less just now
    boolean occupy() {
        boolean mayBe = budget.take();
        occupied += mayBe ? 1 : 0;
        return mayBe;
    }

    /// A session is being ended; its place is taken until [#vacate].
    void ends() {
        ending++;
    }

    /// The server has a session no more.
    void vacate() {
        ending--;
        notOccupied();
    }

    /// A session could not be opened.
    void notOccupied() {
        occupied--;
        budget.give();
    }

    /// Whether there are more sessions than there may be.
    boolean isOver() {
        return occupied - ending > budget.size();
    }

    /// Whether a pool may open another.
    boolean isFor(SessionPool pool) {
        return occupied < budget.size() && !isFull(pool);
    }

    private boolean isFull(SessionPool pool) {
        return ofKind(pool).mapToInt(SessionPool::coming).sum()
                >= pool.policy.ceiling(budget.most());
    }

    private Stream<SessionPool> ofKind(SessionPool pool) {
        return pools.stream().filter(other -> other.kind == pool.kind);
    }

    /// Sessions that a pool has or might have at once.
    int most(SessionPool pool) {
        int all = budget.most();
        return Math.min(pool.policy.ceiling(all), pool.open + Math.max(0, all - occupied));
    }

    /// Sessions that would be used if there were enough.
    int wanted() {
        return pools.stream().mapToInt(Room::wanted).sum();
    }

    /// Sessions that would be open then.
    int desired() {
        int more =
                pools.stream()
                        .mapToInt(pool -> pool.line.ready() - pool.opening - pool.idle.size())
                        .map(lack -> Math.max(0, lack))
                        .sum();
        return occupied + more;
    }

    private static int wanted(SessionPool pool) {
        return pool.inUse() + pool.line.ready();
    }

    /// Notes that a pool would open another if it could.
    void lacks(SessionPool pool) {
        lacking.add(pool);
    }

    /// The pools that would, none of them noted any more.
    List<SessionPool> lacking() {
        if (lacking.isEmpty()) {
            return List.of();
        }
        List<SessionPool> those = List.copyOf(lacking);
        lacking.clear();
        return those;
    }

    /// The pool whose idle session should make room for one of `pool`: one that has had more than
    /// it needed, or is less important, or, where `pool` has none at all, any that is not more
    /// important, and of those that are when nobody else is about to give one up. None while there
    /// may still be more sessions.
    @Nullable SessionPool victim(SessionPool pool, long now) {
        boolean kindIsFull = isFull(pool);
        if (!kindIsFull && occupied < budget.most()) {
            return null;
        }
        boolean hasNone = pool.coming() == 0;
        // What is opened anew costs the more important more than the wait costs the other.
        boolean takesAny = hasNone && (pool.hasWaited(now) || !isAboutToGet(pool, now));
        return pools.stream()
                .filter(other -> other != pool && !other.idle.isEmpty() && !other.lacks())
                .filter(other -> !kindIsFull || other.kind == pool.kind)
                .filter(other ->
                        takesAny
                                || other.surplus(now) > 0
                                || pool.policy.weight() > other.policy.weight()
                                || (hasNone && pool.policy.weight() == other.policy.weight()))
                .max(
                        Comparator.comparingDouble(
                                other -> (double) other.open / other.policy.weight()))
                .orElse(null);
    }

    /// Whether somebody who has more than a share will give one up for it.
    private boolean isAboutToGet(SessionPool pool, long now) {
        int[] shares = shares(now);
        return shares[pools.indexOf(pool)] > 0
                && pools.stream()
                        .anyMatch(other ->
                                other.inUse() > 0 && other.open > shares[pools.indexOf(other)]);
    }

    /// The pool that should have the place of a session that `pool` has just got back: one that has
    /// less than its share, where `pool` has more.
    @Nullable SessionPool heir(SessionPool pool, long now) {
        if (lacking.isEmpty()) {
            return null;
        }
        lacking.removeIf(other -> !other.lacks());
        if (lacking.isEmpty() || lacking.equals(Set.of(pool))) {
            return null;
        }
        int[] shares = shares(now);
        if (pool.open <= shares[pools.indexOf(pool)]) {
            return null;
        }
        return lacking.stream()
                .filter(other -> other != pool)
                .filter(other -> other.coming() < shares[pools.indexOf(other)])
                .filter(other -> !isFull(other) || other.kind == pool.kind)
                .findFirst()
                .orElse(null);
    }

    /// What was needed lately is wanted too, though it is idle just now.
    private int[] shares(long now) {
        int all = budget.most();
        int[] wants =
                pools.stream().mapToInt(one -> Math.max(wanted(one), one.kept(now))).toArray();
        for (int i = 0; i < wants.length; i++) {
            wants[i] = Math.min(wants[i], pools.get(i).policy.ceiling(all));
        }
        int[] weights = pools.stream().mapToInt(one -> one.policy.weight()).toArray();
        return FairShare.of(all, wants, weights);
    }

    /// How many there are, those that are being opened and ended among them.
    int occupied() {
        return occupied;
    }

    int budget() {
        return budget.most();
    }
}
