package dev.drawbridge.gateway.mcp.task;

import dev.drawbridge.gateway.client.Inputs;
import dev.drawbridge.gateway.drain.Drain;
import dev.drawbridge.gateway.replica.ReplicaBus;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Aside;
import dev.drawbridge.sql.Db;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps calls as tasks. The replica that began a call ends it; every replica tells how it stands,
/// stops it, and goes on with it where it waited for an answer. A task's id is a name: with another
/// caller's credential it names nothing.
@Singleton
public final class Tasks {
    private static final Logger LOG = Logger.getLogger(Tasks.class);
    private static final String CANCEL = "task.cancel";
    private static final String WORKING = "working";
    private static final long BEAT_MS = 10_000;
    private static final Duration ALIVE = Duration.ofSeconds(30);

    /// Two clients that answer the same question at once are one too many.
    private static final int TRIES = 5;

    private final TaskRepository repository;
    private final TaskConfig config;
    private final ReplicaBus replicas;
    private final Drain drain;
    private final Aside aside;
    private final Vertx vertx;
    private final Map<UUID, CancelSignal> running = new ConcurrentHashMap<>();

    Tasks(
            TaskRepository repository,
            TaskConfig config,
            ReplicaBus replicas,
            Drain drain,
            Aside aside,
            Vertx vertx) {
        this.repository = repository;
        this.config = config;
        this.replicas = replicas;
        this.drain = drain;
        this.aside = aside;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        replicas.hear(CANCEL, message -> stop(UUID.fromString(message.getString("id"))));
        vertx.setPeriodic(
                BEAT_MS,
                _ ->
                        aside.run(
                                        () -> {
                                            repository.keepAlive(running.keySet(), ALIVE);
                                            return true;
                                        })
                                .onFailure(failure ->
                                        LOG.warnf("Tasks cannot be kept: %s", failure.toString())));
    }

    /// After how long a call becomes one.
    public Duration patience() {
        return config.after();
    }

    /// How often a client should ask.
    public Duration pollInterval() {
        return config.pollInterval();
    }

    /// Makes a call a task.
    ///
    /// @return the task, which can be asked for everywhere from now on; nothing when its caller has
    ///   too many, or the datastore does not take it: then the call is to be answered where it is
    public Future<Optional<Task>> keep(KeptCall call) {
        UUID id = Db.newId();
        var content = TaskContent.of(call.tool(), call.arguments());
        return aside.run(
                        () -> {
                            boolean added =
                                    repository.add(
                                            call.caller(),
                                            id,
                                            content,
                                            config.lifetime(),
                                            ALIVE,
                                            config.perCaller());
                            return added
                                    ? repository.find(call.caller(), id).map(StoredTask::task)
                                    : Optional.<Task>empty();
                        })
                .onSuccess(kept -> {
                    if (kept.isPresent()) {
                        follow(id, content, call);
                    }
                })
                .otherwise(Optional.empty());
    }

    /// How a task stands.
    ///
    /// @return fails with `NOT_FOUND` also for another caller's
    public Future<Task> get(Caller caller, String id) {
        return aside.run(() -> present(caller, id(id)).task());
    }

    /// Answers a task's questions, and goes on with it when that were all.
    ///
    /// @return fails with `NOT_FOUND` also for another caller's
    public Future<Void> answer(
            Caller caller, String id, Map<String, JsonObject> answers, Resumption resumption) {
        return aside.run(() -> answered(caller, id(id), answers))
                .onSuccess(complete ->
                        complete.ifPresent(content -> resume(id(id), content, resumption)))
                .mapEmpty();
    }

    /// Stops a task, if it has not ended. What it changed before it heard of that stays, and is its
    /// answer.
    ///
    /// @return fails with `NOT_FOUND` also for another caller's
    public Future<Void> cancel(Caller caller, String id) {
        return aside.run(
                        () -> {
                            UUID known = present(caller, id(id)).id();
                            repository.requestCancel(caller, known);
                            return known;
                        })
                .onSuccess(known ->
                        replicas.publish(CANCEL, new JsonObject().put("id", known.toString())))
                .mapEmpty();
    }

    /// @return what is complete now; nothing while something is still to be answered
    private Optional<TaskContent> answered(
            Caller caller, UUID id, Map<String, JsonObject> answers) {
        for (int tries = 0; tries < TRIES; tries++) {
            var before = present(caller, id);
            if (!before.status().equals("input_required")) {
                return Optional.empty();
            }
            TaskContent after = before.content().withAnswers(answers);
            if (repository.answer(caller.tenant(), before, after, ALIVE)) {
                return Optional.of(after).filter(it -> it.requests().isEmpty());
            }
        }
        throw new Problem.Conflict("The task changes too fast.").exception();
    }

    private void resume(UUID id, TaskContent content, Resumption resumption) {
        follow(
                id,
                content,
                resumption.call(
                        content.tool(),
                        content.arguments(),
                        new Inputs(content.answersByKey(), content.state())));
    }

    private void follow(UUID id, TaskContent content, KeptCall call) {
        running.put(id, call.signal());
        Future<Boolean> kept =
                call.ending().transform(ended -> keepEnding(id, content, call, ended));
        drain.follow(call.signal(), kept)
                .onFailure(failure ->
                        LOG.warnf("The answer of a task is lost: %s", failure.toString()))
                .onComplete(_ -> running.remove(id));
    }

    private Future<Boolean> keepEnding(
            UUID id, TaskContent content, KeptCall call, AsyncResult<Ending> ended) {
        Task.State state =
                ended.succeeded() ? state(ended.result()) : Task.Failed.of(ended.cause());
        TaskContent after = after(content, ended.result(), state);
        return aside.run(() ->
                repository.move(call.caller().tenant(), id, WORKING, state.status(), after, ALIVE));
    }

    private static Task.State state(Ending ending) {
        return switch (ending) {
            case Ending.Answered(var result) -> new Task.Completed(result);
            case Ending.Asked(var requests, _) -> new Task.Asking(requests);
            case Ending.Stopped _ -> new Task.Cancelled();
        };
    }

    private static TaskContent after(TaskContent content, Ending ending, Task.State state) {
        return switch (state) {
            case Task.Completed(var result) -> content.withResult(result);
            case Task.Failed(var error) -> content.withError(error);
            case Task.Asking(var requests) when ending instanceof Ending.Asked asked ->
                    content.withQuestions(requests, asked.state());
            case Task.Asking _, Task.Working _, Task.Cancelled _ -> content;
        };
    }

    private void stop(UUID id) {
        CancelSignal signal = running.get(id);
        if (signal != null) {
            signal.cancel("The client cancelled the task.");
        }
    }

    private StoredTask present(Caller caller, UUID id) {
        return repository
                .find(caller, id)
                .orElseThrow(() -> new Problem.NotFound("task", "of that id").exception());
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw new Problem.NotFound("task", "of that id").exception(malformed);
        }
    }
}
