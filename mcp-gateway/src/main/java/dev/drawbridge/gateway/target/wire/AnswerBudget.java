package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.AnswerRoom;

/// What one answer may take: so many bytes from the database, so many in each form that it is
/// written down in, and all of them from the room that it shares with the others. A control
/// character of one byte takes seven in the text, so what was sent says little of what is held.
final class AnswerBudget {
    private final AnswerRoom.Share share;
    private final int most;
    private long received;
    private boolean overloaded;

    /// @param most bytes from the database, and in each form
    AnswerBudget(AnswerRoom.Share share, long most) {
        this.share = share;
        this.most = Math.toIntExact(most);
    }

    /// Counts what the database sent.
    ///
    /// @return whether the answer may go on
    boolean receive(int bytes) {
        received += bytes;
        return received <= most && hold(bytes);
    }

    /// Counts what is kept.
    ///
    /// @return whether the answer may go on
    boolean hold(long bytes) {
        overloaded |= !share.take(bytes);
        return !overloaded;
    }

    /// Bytes from the database, and in each form.
    int most() {
        return most;
    }

    /// Whether it ended for want of room, and not because it is too long itself.
    boolean overloaded() {
        return overloaded;
    }

    /// The answer was handed on, or there will be none.
    void close() {
        share.close();
    }
}
