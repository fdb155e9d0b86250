package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.mcp.task.Ending;
import dev.drawbridge.gateway.mcp.task.KeptCall;
import dev.drawbridge.gateway.mcp.task.Task;
import dev.drawbridge.gateway.mcp.task.Tasks;
import dev.drawbridge.gateway.mcp.wire.AnswerJson;
import dev.drawbridge.gateway.mcp.wire.QuestionJson;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.Optional;
import java.util.function.Function;

/// Makes a call that takes too long a task, if its client takes tasks.
@Singleton
final class LongCalls {
    private final Tasks tasks;
    private final Vertx vertx;

    LongCalls(Tasks tasks, Vertx vertx) {
        this.tasks = tasks;
        this.vertx = vertx;
    }

    /// The answer of a call, or a task in its place.
    ///
    /// @param answer makes the result where the client still waits
    Future<Result> answer(
            String tool,
            ToolCall call,
            Future<Outcome<ToolAnswer>> outcome,
            Function<Future<Outcome<ToolAnswer>>, Future<Result>> answer) {
        Promise<Result> result = Promise.promise();
        var running =
                new KeptCall(
                        call.caller(),
                        tool,
                        call.arguments(),
                        call.signal(),
                        ending(call, outcome));
        long timer =
                vertx.setTimer(
                        Math.max(1, tasks.patience().toMillis()),
                        _ -> tasks.keep(running).onSuccess(kept -> created(kept, result)));
        outcome.onComplete(_ -> {
            vertx.cancelTimer(timer);
            if (!result.future().isComplete()) {
                answer.apply(outcome).onSuccess(result::tryComplete).onFailure(result::tryFail);
            }
        });
        return result.future();
    }

    private void created(Optional<Task> kept, Promise<Result> result) {
        kept.ifPresent(task -> result.tryComplete(TaskJson.created(task, tasks.pollInterval())));
    }

    /// What a call comes to, for whoever asks later.
    static Future<Ending> ending(ToolCall call, Future<Outcome<ToolAnswer>> outcome) {
        return outcome.map(ended ->
                        switch (ended) {
                            case Outcome.Done<ToolAnswer>(var answer) -> answered(answer);
                            case Outcome.InputRequired<ToolAnswer> asking -> asked(call, asking);
                        })
                .recover(LongCalls::failed);
    }

    private static Ending answered(ToolAnswer answer) {
        var json = Buffer.buffer(AnswerJson.sizeOf(answer)).appendString("{");
        AnswerJson.appendWithMeta(json, answer);
        return new Ending.Answered(json.appendString("}").toString());
    }

    private static Ending asked(ToolCall call, Outcome.InputRequired<ToolAnswer> asking) {
        if (!call.client().abilities().containsAll(asking.abilities())) {
            throw new Problem.Invalid("client", "cannot be asked what has to be").exception();
        }
        var requests = new JsonObject();
        asking.requests().forEach((key, request) -> requests.put(key, QuestionJson.of(request)));
        return new Ending.Asked(requests, asking.state());
    }

    private static Future<Ending> failed(Throwable failure) {
        if (!(failure instanceof ProblemException known)
                || known.problem() instanceof Problem.Internal) {
            return Future.failedFuture(failure);
        }
        return Future.succeededFuture(
                known.problem() instanceof Problem.QueryCancelled
                        ? new Ending.Stopped()
                        : answered(ToolAnswer.failed(known.problem())));
    }
}
