package dev.drawbridge.gateway.limit;

import io.smallrye.health.api.Wellness;

import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// Says when limits are not shared with other replicas. No part of readiness: they hold all the
/// same, with a part of each.
@Wellness
final class LimitHealth implements HealthCheck {
    private final SharedBuckets buckets;

    @Inject
    LimitHealth(SharedBuckets buckets) {
        this.buckets = buckets;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("limits").status(buckets.areShared()).build();
    }
}
