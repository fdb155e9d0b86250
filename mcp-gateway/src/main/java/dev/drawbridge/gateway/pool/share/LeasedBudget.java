package dev.drawbridge.gateway.pool.share;

import dev.drawbridge.gateway.pool.Budget;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// This replica's part of one connection's budget. A session is opened only by who has
/// [taken][#take] it here, so no more are open than are on record in the datastore.
final class LeasedBudget implements Budget {
    /// For so many beats nothing is given back: loads come in waves, and each change is written.
    private static final int LOOK_BACK = 5;

    private final UUID connection;
    private final Consumer<LeasedBudget> ask;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final int[] peaks = new int[LOOK_BACK];
    private int beat;
    private volatile boolean retired;
    private volatile int budget;
    private volatile int size;
    private volatile int latest;
    private volatile int peak;
    private volatile int told;
    private volatile int room;
    private volatile int toldRoom;
    private volatile int reach = Integer.MAX_VALUE;
    private int open;
    private int held;
    private boolean missed;

    /// @param ask tells the datastore that more is wanted, or that something is given back; does
    ///   not block
    LeasedBudget(UUID connection, int budget, Consumer<LeasedBudget> ask) {
        this.connection = connection;
        this.budget = budget;
        this.ask = ask;
    }

    UUID connection() {
        return connection;
    }

    /// Sessions that all replicas together may have open.
    int budget() {
        return budget;
    }

    /// Somebody uses it, until [#retire].
    void use(int sessions) {
        retired = false;
        if (budget != sessions) {
            budget = sessions;
            ask.accept(this);
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int most() {
        return Math.max(size, Math.min(reach, budget));
    }

    @Override
    public void wants(int used, int open) {
        int wanted = Math.min(used, budget);
        int desired = Math.min(open, budget);
        latest = wanted;
        room = desired;
        if (wanted > peak) {
            peak = wanted;
        }
        if (wanted > told || desired > toldRoom) {
            ask.accept(this);
        }
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public synchronized boolean take() {
        if (open >= size) {
            return false;
        }
        open++;
        return true;
    }

    @Override
    public void give() {
        boolean returned;
        synchronized (this) {
            open--;
            returned = open >= size;
        }
        if (returned) {
            ask.accept(this);
        }
    }

    /// Sessions that are open or being opened.
    synchronized int open() {
        return open;
    }

    /// Sessions that the datastore has on record.
    synchronized int held() {
        return held;
    }

    /// Begins another span of time over which the most that was wanted counts.
    synchronized void beat() {
        peaks[beat] = peak;
        beat = (beat + 1) % LOOK_BACK;
        peak = latest;
    }

    /// What is wanted: the most of the last beats.
    private int wanted() {
        int most = peak;
        for (int past : peaks) {
            most = Math.max(most, past);
        }
        return Math.min(most, budget);
    }

    /// What is wanted, about to be told to the datastore.
    synchronized int tell() {
        told = wanted();
        toldRoom = room;
        missed = false;
        return told;
    }

    /// Notes that the datastore did not hear what it was told.
    synchronized void failed() {
        missed = true;
    }

    /// What the datastore was told last.
    int told() {
        return told;
    }

    /// Sessions that are open, or would be.
    synchronized int desired() {
        return Math.max(open, toldRoom);
    }

    /// Whether the datastore was told something else.
    synchronized boolean hasNews() {
        return missed
                || told != wanted()
                || toldRoom > Math.max(room, open)
                || held > Math.max(size, open);
    }

    /// Takes what the datastore has on record now.
    ///
    /// @param granted sessions that may be open
    /// @param recorded those on record, not fewer
    /// @return sessions that have to stay on record
    int grant(int granted, int recorded) {
        boolean changed;
        int needed;
        synchronized (this) {
            changed = size != granted;
            size = granted;
            held = recorded;
            needed = Math.max(size, open);
        }
        if (changed) {
            listeners.forEach(Runnable::run);
        }
        return needed;
    }

    /// Notes how many this replica could have.
    void reach(int sessions) {
        reach = sessions;
    }

    /// Nobody uses it any more: nothing is wanted, and nobody hears of changes.
    void retire() {
        retired = true;
        listeners.clear();
        latest = 0;
        room = 0;
    }

    /// Whether there is nothing to remember.
    synchronized boolean isEmpty() {
        return retired && open == 0 && held == 0 && wanted() == 0;
    }

    /// Notes that fewer are on record.
    synchronized void recorded(int sessions) {
        held = sessions;
    }
}
