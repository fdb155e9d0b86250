package dev.drawbridge.identity;

import dev.drawbridge.sql.Announcements;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Hears revocations, and passes them on when they hold here. While they cannot be heard nothing is
/// remembered, and after a gap everything is forgotten: what was said meanwhile was missed.
@Singleton
final class RevocationListener {
    private static final Logger LOG = Logger.getLogger(RevocationListener.class);

    private final Announcements announcements;
    private final Revocations revocations;
    private final @Nullable ExchangedCallers callers;
    private Announcements.@Nullable Hearing hearing;

    RevocationListener(Announcements announcements, CallerSource callers, Revocations revocations) {
        this.announcements = announcements;
        this.revocations = revocations;
        // auth-service knows its callers itself and has nothing to forget.
        this.callers = callers instanceof ExchangedCallers exchanged ? exchanged : null;
    }

    void start(@Observes StartupEvent event) {
        if (callers != null) {
            hearing = announcements.hear(Revocation.CHANNEL, new Forgetting(callers, revocations));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (hearing != null) {
            hearing.close();
        }
    }

    private record Forgetting(ExchangedCallers callers, Revocations revocations)
            implements Announcements.Listener {
        @Override
        public void begun() {
            callers.startRemembering();
            revocations.tell(Revocation.ofEveryone());
        }

        @Override
        public void heard(String payload) {
            var revocation = Revocation.parse(payload);
            callers.forget(revocation::concerns);
            revocations.tell(revocation);
        }

        @Override
        public void lost(Throwable why) {
            callers.stopRemembering();
            LOG.warnf("Revocations cannot be heard: %s", why.toString());
        }
    }
}
