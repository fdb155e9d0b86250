package dev.drawbridge.gateway.target;

import jakarta.inject.Singleton;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that all answers under way have between them, from the first byte that a database
/// sends to the last one that a client takes. Who would need more than there is gets none: a few
/// refused calls instead of a gateway that has run out of memory for everybody.
@Singleton
public final class AnswerRoom {
    /// What an answer may have without being counted, so that a small one costs no counting: how
    /// many there are at once is bounded by the sessions.
    private static final long SMALL = 65_536;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    AnswerRoom(TargetConfig config) {
        this.most = config.allAnswersBytes();
    }

    /// The share of one answer, empty at first. Whoever takes of it must close it.
    public Share share() {
        return new Share();
    }

    /// Bytes that are taken at the moment.
    public long taken() {
        return taken.get();
    }

    /// What one answer has taken. For one thread at a time.
    public final class Share implements AutoCloseable {
        private long needed;
        private long counted;

        private Share() {}

        /// Takes so many bytes more.
        ///
        /// @return false when there is no room; nothing is taken then
        public boolean take(long bytes) {
            long more = Math.max(0, needed + bytes - SMALL) - counted;
            if (more > 0 && taken.addAndGet(more) > most) {
                taken.addAndGet(-more);
                return false;
            }
            needed += bytes;
            counted += Math.max(0, more);
            return true;
        }

        /// Gives everything back. Only the first call has an effect.
        @Override
        public void close() {
            taken.addAndGet(-counted);
            counted = 0;
            needed = 0;
        }
    }
}
