package dev.drawbridge.sql;

import dev.drawbridge.problem.ProblemException;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.util.Map;
import java.util.concurrent.Executors;

/// `GET /q/data-keys` on the management port, for whoever rotates: which replicas know and seal
/// with which keys, what is stored under each, and why it is needed still.
@Singleton
public final class DataKeyRoute {
    private static final String PATH = "/q/data-keys";

    private final DataKeyFile file;
    private final DataKeyRepository repository;
    private final StoredSecrets stored;
    private final Resealing resealing;

    @Inject
    DataKeyRoute(
            DataKeyFile file,
            DataKeyRepository repository,
            StoredSecrets stored,
            Resealing resealing) {
        this.file = file;
        this.repository = repository;
        this.stored = stored;
        this.resealing = resealing;
    }

    void route(@Observes ManagementInterface management) {
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        management.router().get(PATH).handler(request -> executor.execute(() -> answer(request)));
    }

    private void answer(RoutingContext request) {
        var response = request.response().putHeader("Content-Type", "application/json");
        try {
            response.end(json().encode());
        } catch (ProblemException unavailable) {
            var problem = unavailable.problem();
            response.setStatusCode(problem.httpStatus())
                    .end(
                            new JsonObject()
                                    .put("code", problem.code())
                                    .put("detail", problem.detail())
                                    .encode());
        }
    }

    private JsonObject json() {
        var needs =
                new DataKeyNeeds(
                        file.keys().ids(),
                        repository.running(),
                        repository.sealedLately(),
                        stored.count());
        var json =
                new JsonObject()
                        .put(
                                "replicas",
                                new JsonArray(
                                        needs.running().stream().map(DataKeyRoute::json).toList()))
                        .put(
                                "keys",
                                new JsonArray(
                                        needs.ids().stream().map(id -> key(id, needs)).toList()));
        resealing
                .problem()
                .ifPresent(problem ->
                        json.put("code", problem.code().name()).put("detail", problem.detail()));
        return json;
    }

    private static JsonObject json(DataKeyRepository.Replica replica) {
        return new JsonObject()
                .put("id", replica.id().toString())
                .put("seals", replica.seals())
                .put("knows", new JsonArray(replica.knows()))
                .put("seenAt", replica.seenAt().toString());
    }

    private static JsonObject key(String id, DataKeyNeeds needs) {
        return new JsonObject()
                .put("id", id)
                .put("listed", needs.listed().contains(id))
                .put("secrets", new JsonObject(Map.copyOf(needs.secrets(id))))
                .put("needed", needs.why(id).isPresent())
                .put("why", needs.why(id).orElse("Nothing needs it."));
    }
}
