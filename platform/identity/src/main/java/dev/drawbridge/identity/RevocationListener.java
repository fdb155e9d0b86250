package dev.drawbridge.identity;

import dev.drawbridge.sql.Announcements;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Hears revocations. While they cannot be heard nothing is remembered, and after a gap everything
/// is forgotten: what was said meanwhile was missed.
@Singleton
final class RevocationListener {
    private static final Logger LOG = Logger.getLogger(RevocationListener.class);

    private final Announcements announcements;
    private final @Nullable ExchangedCallers callers;
    private Announcements.@Nullable Hearing hearing;

    RevocationListener(Announcements announcements, CallerSource callers) {
        this.announcements = announcements;
        // auth-service knows its callers itself and has nothing to forget.
        this.callers = callers instanceof ExchangedCallers exchanged ? exchanged : null;
    }

    void start(@Observes StartupEvent event) {
        if (callers != null) {
            hearing = announcements.hear(Revocation.CHANNEL, new Forgetting(callers));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (hearing != null) {
            hearing.close();
        }
    }

    private record Forgetting(ExchangedCallers callers) implements Announcements.Listener {
        @Override
        public void begun() {
            callers.startRemembering();
        }

        @Override
        public void heard(String payload) {
            callers.forget(Revocation.parse(payload)::concerns);
        }

        @Override
        public void lost(Throwable why) {
            callers.stopRemembering();
            LOG.warnf("Revocations cannot be heard: %s", why.toString());
        }
    }
}
