package dev.drawbridge.gateway.mcp.conformance;

import static dev.drawbridge.gateway.mcp.conformance.FixtureTool.said;

import dev.drawbridge.gateway.client.InputRequest;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The tools that the suite expects of a server with tasks. Those that take long become tasks by
/// taking long. Only callers of the suite's name see them: other tests look at whole lists.
@Singleton
final class TaskFixtures {
    /// Longer than a call may take in the suite's profile before it becomes a task.
    private static final long LONG_MS = 500;

    private final Vertx vertx;

    TaskFixtures(Vertx vertx) {
        this.vertx = vertx;
    }

    @Produces
    @Singleton
    Tool greet() {
        return slow(
                "greet",
                AskingFixtures.string("name"),
                _ -> 0L,
                call -> said("Hello, " + call.text("name") + "!"));
    }

    @Produces
    @Singleton
    Tool compute() {
        return slow(
                "slow_compute",
                new JsonObject()
                        .put("seconds", new JsonObject().put("type", "integer"))
                        .mergeIn(AskingFixtures.string("label")),
                call -> call.number("seconds", 1) * 1_000L,
                call -> said("computed " + call.text("label", "")));
    }

    @Produces
    @Singleton
    Tool failing() {
        return slow(
                "failing_job",
                new JsonObject(),
                _ -> LONG_MS,
                _ -> Outcome.done(new ToolAnswer("The job failed.", List.of(), null, 0, true)));
    }

    @Produces
    @Singleton
    Tool broken() {
        return slow(
                "protocol_error_job",
                new JsonObject(),
                _ -> LONG_MS,
                _ -> {
                    throw new IllegalStateException("broken on purpose");
                });
    }

    @Produces
    @Singleton
    Tool confirm() {
        return slow(
                "confirm_delete",
                AskingFixtures.string("filename"),
                _ -> LONG_MS,
                call ->
                        call.inputs().answers().isEmpty()
                                ? new Outcome.InputRequired<>(
                                        Map.of("confirm", AskingFixtures.name()), null)
                                : said("deleted"));
    }

    @Produces
    @Singleton
    Tool severalInputs() {
        InputRequest one = AskingFixtures.name();
        return slow(
                "multi_input",
                new JsonObject(),
                _ -> LONG_MS,
                call ->
                        call.inputs().answers().size() < 2
                                ? new Outcome.InputRequired<>(
                                        Map.of("first", one, "second", one), null)
                                : said("both"));
    }

    @Produces
    @Singleton
    Tool questionThenTask() {
        return slow(
                "test_tool_with_task",
                new JsonObject(),
                call -> call.inputs().answers().isEmpty() ? 0 : LONG_MS,
                call -> {
                    JsonObject form = call.inputs().accepted("user_name");
                    return form == null
                            ? new Outcome.InputRequired<>(
                                    Map.of("user_name", AskingFixtures.name()), null)
                            : said("Hello, " + form.getString("name"));
                });
    }

    private Tool slow(
            String name,
            JsonObject properties,
            Function<ToolCall, Long> lasts,
            Function<ToolCall, Outcome<ToolAnswer>> does) {
        ToolDefinition definition =
                FixtureTool.of(name, "Takes its time.", properties, true, does).definition();
        return new Tool() {
            @Override
            public ToolDefinition definition() {
                return definition;
            }

            @Override
            public boolean isFor(Caller caller) {
                return caller.username().startsWith(AnonymousMechanism.NAME);
            }

            @Override
            public Future<Outcome<ToolAnswer>> call(ToolCall call) {
                Promise<Outcome<ToolAnswer>> done = Promise.promise();
                call.signal()
                        .onCancel(() ->
                                done.tryFail(new Problem.QueryCancelled("stopped").exception()));
                vertx.setTimer(
                        Math.max(1, lasts.apply(call)),
                        _ -> {
                            try {
                                done.tryComplete(does.apply(call));
                            } catch (RuntimeException broken) {
                                done.tryFail(broken);
                            }
                        });
                return done.future();
            }
        };
    }
}
