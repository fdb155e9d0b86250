package dev.drawbridge.gateway.drain;

import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Not ready from the moment on at which the gateway is asked to end.
@Readiness
final class DrainHealth implements HealthCheck {
    private final Drain drain;

    @Inject
    DrainHealth(Drain drain) {
        this.drain = drain;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("takes requests").status(!drain.isDraining()).build();
    }
}
