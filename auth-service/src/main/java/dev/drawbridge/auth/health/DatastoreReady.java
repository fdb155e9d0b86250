package dev.drawbridge.auth.health;

import dev.drawbridge.problem.ProblemException;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while the datastore answers: without it nobody can be told from anybody.
@Readiness
final class DatastoreReady implements HealthCheck {
    private final HealthRepository datastore;

    DatastoreReady(HealthRepository datastore) {
        this.datastore = datastore;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            return HealthCheckResponse.named("datastore").status(datastore.answers()).build();
        } catch (ProblemException unreachable) {
            return HealthCheckResponse.named("datastore")
                    .down()
                    .withData("reason", unreachable.problem().detail())
                    .build();
        }
    }
}
