package dev.drawbridge.sql;

import io.smallrye.health.api.Wellness;

import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// Says when something is wrong with the data keys. No part of readiness: what runs goes on with
/// the keys that it has.
@Wellness
final class DataKeyHealth implements HealthCheck {
    private final DataKeyFile file;
    private final Resealing resealing;

    @Inject
    DataKeyHealth(DataKeyFile file, Resealing resealing) {
        this.file = file;
        this.resealing = resealing;
    }

    @Override
    public HealthCheckResponse call() {
        var keys = file.keys();
        var health =
                HealthCheckResponse.named("data-keys")
                        .withData("seals", keys.sealing())
                        .withData("knows", String.join(",", keys.ids()));
        resealing
                .problem()
                .ifPresentOrElse(
                        problem ->
                                health.down()
                                        .withData("code", problem.code().name())
                                        .withData("detail", problem.detail()),
                        health::up);
        return health.build();
    }
}
