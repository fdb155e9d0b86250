package dev.drawbridge.gateway.embedding;

import dev.drawbridge.gateway.target.NetworkPolicy;

import io.vertx.core.Vertx;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Makes the model that was configured.
final class EmbeddingModels {

    @Produces
    @Singleton
    EmbeddingModel model(EmbeddingConfig config, Vertx vertx, NetworkPolicy network) {
        return config.url()
                .<EmbeddingModel>map(url -> new RemoteModel(vertx, network, config, url))
                .orElseGet(() -> new InProcessModel(vertx));
    }

    void close(@Disposes EmbeddingModel model) {
        model.close();
    }
}
