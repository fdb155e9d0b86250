package dev.drawbridge.gateway.pool.share;

import io.smallrye.health.api.Wellness;

import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// Says when budgets are not kept together with other replicas. No part of readiness: each goes on
/// with its part.
@Wellness
final class ShareHealth implements HealthCheck {
    private final SharedBudgets budgets;

    @Inject
    ShareHealth(SharedBudgets budgets) {
        this.budgets = budgets;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("pool budgets").status(budgets.areShared()).build();
    }
}
