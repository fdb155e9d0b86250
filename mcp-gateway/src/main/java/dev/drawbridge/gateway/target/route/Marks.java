package dev.drawbridge.gateway.target.route;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/// Where a primary's log was when it was asked, so that of a replica's place in the same log it can
/// be said up to what time it has everything: whatever was committed before the question is in it.
/// One notion for the lag and for the writes that a caller must see. Times are those of
/// `System.nanoTime`.
final class Marks {
    /// At half a second each, half a minute: who is further behind need not be told apart.
    private static final int MOST = 64;

    private final Deque<Mark> newestFirst = new ArrayDeque<>();

    /// @param asked when the question was sent
    /// @param place in the log that the answer named
    private record Mark(long asked, long place) {}

    /// Notes what the primary answered. What another answer has overtaken says nothing new.
    synchronized void add(long asked, long place) {
        Mark newest = newestFirst.peekFirst();
        if (newest != null && (asked - newest.asked < 0 || place < newest.place)) {
            return;
        }
        newestFirst.addFirst(new Mark(asked, place));
        if (newestFirst.size() > MOST) {
            newestFirst.removeLast();
        }
    }

    /// The time up to which a replica has everything; empty when that is not known.
    ///
    /// @param place up to which it has replayed the log
    synchronized OptionalLong caughtUpTo(long place) {
        return newestFirst.stream()
                .filter(mark -> mark.place <= place)
                .mapToLong(Mark::asked)
                .findFirst();
    }

    /// When the primary was asked what it answered last; empty when it never did.
    synchronized OptionalLong newest() {
        return newestFirst.stream().mapToLong(Mark::asked).findFirst();
    }

    /// Forgets all: another server is the primary, whose log need not go on where this one's was.
    synchronized void clear() {
        newestFirst.clear();
    }
}
