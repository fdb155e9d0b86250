package dev.drawbridge.gateway.change;

import dev.drawbridge.identity.Revocation;
import dev.drawbridge.identity.Revocations;

import io.quarkus.runtime.StartupEvent;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// When somebody's rights change, every list that they see may be another one.
@Singleton
final class RightsChanges {
    private final Changes changes;

    RightsChanges(Changes changes) {
        this.changes = changes;
    }

    void start(@Observes StartupEvent event, Revocations revocations) {
        revocations.hear(this::hear);
    }

    private void hear(Revocation revocation) {
        var concerned = new Audience.Concerned(revocation);
        changes.tell(new Change.Tools(concerned));
        changes.tell(new Change.Prompts(concerned));
        changes.tell(new Change.Resources(concerned));
    }
}
