package dev.drawbridge.gateway.limit;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/// What this process holds of a shared bucket, ahead of those who spend it.
///
/// Taking *n* units from a bucket occupies the next free *n* units of the time line along which it
/// fills (generic cell rate algorithm, ITU-T I.371): pieces of that line that different processes
/// hold never overlap. What of a piece has passed is lost, as the bucket, had it still held the
/// units, would have overflowed. So what is in the bucket and in all pieces is never more than its
/// amount.
///
/// Times are those of one clock that never goes back, ns.
final class Allotment {
    /// Nobody asks an empty bucket more often.
    private static final long PAUSE = 50_000_000;

    /// A bucket counts in milliseconds: who comes back at the very moment must not be too early.
    private static final long MARGIN = 2_000_000;

    private static final int PART = 4;

    /// Of a unit.
    private static final double ROUNDING = 1e-6;

    private final Limit limit;
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private @Nullable CompletableFuture<Grant> underWay;
    private long low;
    private long debt;
    private long left;
    private long leftAt;
    private long emptyUntil;
    private boolean isEmpty;

    Allotment(Limit limit) {
        this.limit = limit;
        this.left = limit.amount();
    }

    private static final class Piece {
        private final long until;
        private long units;

        Piece(long until, long units) {
            this.until = until;
            this.units = units;
        }
    }

    /// Whether units were there to spend, and whether it is time for more.
    enum Spent {
        YES,
        YES_AND_LOW,
        NO
    }

    /// What to ask the bucket for.
    ///
    /// @param debt to pay first
    record Order(long debt, long units) {}

    Limit limit() {
        return limit;
    }

    /// Spends units; 0 only looks whether there is one.
    synchronized Spent spend(long units, long now) {
        long held = held(now);
        if (debt > 0 || held < Math.max(1, units)) {
            return Spent.NO;
        }
        take(units);
        return underWay == null && held - units < low ? Spent.YES_AND_LOW : Spent.YES;
    }

    /// Spends what has been used already, whether or not it is there.
    synchronized void charge(long units, long now) {
        long there = Math.min(units, held(now));
        take(there);
        debt += units - there;
    }

    /// Gives units back that were spent just now.
    synchronized void giveBack(long units) {
        Piece last = pieces.peekLast();
        if (last != null) {
            last.units += units;
        }
    }

    /// How long nothing can be there, ns; 0 when it is worth asking.
    synchronized long emptyFor(long now) {
        isEmpty = isEmpty && emptyUntil - now > 0;
        return isEmpty ? emptyUntil - now : 0;
    }

    /// Units that this process holds.
    synchronized long held(long now) {
        long held = 0;
        for (var each = pieces.iterator(); each.hasNext(); ) {
            Piece piece = each.next();
            piece.units = Math.min(piece.units, rest(piece, now));
            if (piece.units <= 0 && (piece.until - now <= 0 || each.hasNext())) {
                each.remove();
            } else {
                held += Math.max(0, piece.units);
            }
        }
        return held;
    }

    /// Whole units of a piece that have not passed. A single unit, which was taken for somebody who
    /// waits, serves until all of it has.
    private long rest(Piece piece, long now) {
        double rest = (piece.until - now) / limit.each() + ROUNDING;
        return (long) (limit.isSmall() ? Math.ceil(rest - 2 * ROUNDING) : Math.floor(rest));
    }

    /// Units that are there for this process, about: held here or in the bucket.
    synchronized long left(long now) {
        return Math.min(limit.amount(), held(now) + expected(now) - debt);
    }

    /// The question that is under way; null when there is none.
    synchronized @Nullable CompletableFuture<Grant> underWay() {
        return underWay;
    }

    /// Notes that the bucket is asked now.
    ///
    /// @return what it is asked for; null when it is asked already
    synchronized @Nullable Order begin(CompletableFuture<Grant> question, long now) {
        if (underWay != null) {
            return null;
        }
        underWay = question;
        long units = limit.isSmall() ? 1 : Math.max(1, expected(now) / PART);
        return new Order(debt, units);
    }

    /// Takes what the bucket gave.
    ///
    /// @param asked when
    synchronized void end(Order order, Grant grant, long asked, long now) {
        underWay = null;
        debt -= order.debt();
        left = grant.left();
        leftAt = now;
        if (grant.units() > 0) {
            pieces.add(new Piece(asked + grant.untilFull(), grant.units()));
            low = limit.isSmall() ? 0 : grant.units() / 2;
        } else {
            isEmpty = true;
            emptyUntil = now + Math.max(PAUSE, grant.untilOne() + MARGIN);
        }
    }

    private long expected(long now) {
        long since = leftAt == 0 ? 0 : (long) ((now - leftAt) / limit.each());
        return Math.min(limit.amount(), left + since);
    }

    private void take(long units) {
        long rest = units;
        for (Piece piece : pieces) {
            long taken = Math.min(rest, piece.units);
            piece.units -= taken;
            rest -= taken;
        }
    }
}
