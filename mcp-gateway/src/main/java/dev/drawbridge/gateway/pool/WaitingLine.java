package dev.drawbridge.gateway.pool;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// Who waits for a session and who has one: served in turn are users, of each user its credentials,
/// of each credential its calls. A credential that has as many sessions as it may is passed over.
///
/// Every step takes constant time but leaving. Not safe for use by several threads at once.
///
/// @param <T> what waits
public final class WaitingLine<T> {
    private final int most;
    private final int sessions;
    private final Map<UUID, User> users = new HashMap<>();
    private final Map<UUID, Identity> identities = new HashMap<>();
    private final ArrayDeque<User> turns = new ArrayDeque<>();
    private final Set<Place<T>> arrivals = new LinkedHashSet<>();
    private int ready;

    /// @param most that wait
    /// @param sessions of one credential at most
    public WaitingLine(int most, int sessions) {
        this.most = most;
        this.sessions = sessions;
    }

    /// A place in the line.
    ///
    /// @param <T> what waits
    public static final class Place<T> {
        private final T who;
        private final Asker asker;
        private boolean gone;

        private Place(T who, Asker asker) {
            this.who = who;
            this.asker = asker;
        }

        /// What waits here.
        public T who() {
            return who;
        }
    }

    private final class User {
        private final UUID id;
        private final ArrayDeque<Identity> turns = new ArrayDeque<>();
        private int credentials;
        private boolean hasTurn;

        User(UUID id) {
            this.id = id;
        }
    }

    private final class Identity {
        private final UUID id;
        private final User user;
        private final ArrayDeque<Place<T>> calls = new ArrayDeque<>();
        private int waiting;
        private int held;
        private boolean hasTurn;

        Identity(UUID id, User user) {
            this.id = id;
            this.user = user;
        }

        /// How many of its calls could run now.
        int ready() {
            return Math.min(waiting, sessions - held);
        }
    }

    /// How many wait.
    public int size() {
        return arrivals.size();
    }

    /// How many of those could run now, were there sessions for all.
    public int ready() {
        return ready;
    }

    /// How many calls of the same credential wait.
    public int waiting(Asker asker) {
        Identity identity = identities.get(asker.credential());
        return identity == null ? 0 : identity.waiting;
    }

    /// Takes a session for whoever asks, if nobody goes before and it may have another.
    public boolean take(Asker asker) {
        if (ready > 0) {
            return false;
        }
        Identity identity = identity(asker);
        if (identity.held >= sessions) {
            return false;
        }
        identity.held++;
        return true;
    }

    /// A place at the end; null when the line is as long as it may be.
    public @Nullable Place<T> join(Asker asker, T who) {
        if (arrivals.size() >= most) {
            return null;
        }
        var place = new Place<>(who, asker);
        arrivals.add(place);
        Identity identity = identity(asker);
        int before = identity.ready();
        identity.calls.add(place);
        identity.waiting++;
        settle(identity, before);
        return place;
    }

    /// Who is next, who leaves the line and has a session now; null when nobody could run.
    public @Nullable Place<T> next() {
        User user = turns.poll();
        if (user == null) {
            return null;
        }
        user.hasTurn = false;
        Identity identity = user.turns.remove();
        identity.hasTurn = false;
        int before = identity.ready();
        Place<T> place = identity.calls.remove();
        while (place.gone) {
            place = identity.calls.remove();
        }
        arrivals.remove(place);
        identity.waiting--;
        identity.held++;
        settle(identity, before);
        queue(user);
        return place;
    }

    /// Gives a session back.
    public void giveBack(Asker asker) {
        Identity identity = identity(asker);
        int before = identity.ready();
        identity.held--;
        settle(identity, before);
    }

    /// Leaves the line.
    ///
    /// @return whether it was still in it
    public boolean leave(Place<T> place) {
        if (!arrivals.remove(place)) {
            return false;
        }
        place.gone = true;
        Identity identity = identity(place.asker);
        int before = identity.ready();
        identity.waiting--;
        Place<T> first = identity.calls.peek();
        while (first != null && first.gone) {
            identity.calls.remove();
            first = identity.calls.peek();
        }
        settle(identity, before);
        return true;
    }

    /// Who has waited for longest; null when nobody waits.
    public @Nullable Place<T> oldest() {
        var first = arrivals.iterator();
        return first.hasNext() ? first.next() : null;
    }

    /// Sends everybody away.
    public void clear(Consumer<T> each) {
        for (Place<T> place = oldest(); place != null; place = oldest()) {
            leave(place);
            each.accept(place.who);
        }
    }

    private Identity identity(Asker asker) {
        Identity known = identities.get(asker.credential());
        if (known != null) {
            return known;
        }
        User user = users.computeIfAbsent(asker.user(), User::new);
        user.credentials++;
        var fresh = new Identity(asker.credential(), user);
        identities.put(asker.credential(), fresh);
        return fresh;
    }

    /// Gives a credential its turn, takes it away, or forgets it.
    private void settle(Identity identity, int before) {
        ready += identity.ready() - before;
        User user = identity.user;
        if (identity.ready() > 0 && !identity.hasTurn) {
            identity.hasTurn = true;
            user.turns.add(identity);
            queue(user);
        } else if (identity.ready() == 0 && identity.hasTurn) {
            identity.hasTurn = false;
            user.turns.remove(identity);
            if (user.turns.isEmpty() && user.hasTurn) {
                user.hasTurn = false;
                turns.remove(user);
            }
        }
        forgetIdle(identity);
    }

    private void queue(User user) {
        if (!user.hasTurn && !user.turns.isEmpty()) {
            user.hasTurn = true;
            turns.add(user);
        }
    }

    private void forgetIdle(Identity identity) {
        User user = identity.user;
        if (identity.waiting == 0 && identity.held == 0) {
            identities.remove(identity.id);
            user.credentials--;
            if (user.credentials == 0) {
                users.remove(user.id);
            }
        }
    }
}
