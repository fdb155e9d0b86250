package dev.drawbridge.gateway.target.wire;

import org.jboss.logging.Logger;

import java.util.UUID;

/// Says in the log why a database cannot be used: once, until it can or there is another reason.
/// Every call fails while it is away, and none of them is told the cause.
final class OutageLog {
    private static final Logger LOG = Logger.getLogger(OutageLog.class);

    private final UUID connection;
    private volatile String said = "";

    OutageLog(UUID connection) {
        this.connection = connection;
    }

    void failed(Throwable cause) {
        String reason = String.valueOf(cause);
        if (!reason.equals(said)) {
            said = reason;
            LOG.warnf("connection=%s cannot be used: %s", connection, reason);
        }
    }

    void worked() {
        if (!said.isEmpty()) {
            said = "";
        }
    }
}
