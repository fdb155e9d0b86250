package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.audit.ToolCallRecord;
import dev.drawbridge.gateway.audit.ToolCallTrail;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.drain.Drain;
import dev.drawbridge.gateway.limit.Limits;
import dev.drawbridge.gateway.oauth.StepUp;
import dev.drawbridge.gateway.performance.Observed;
import dev.drawbridge.gateway.performance.Performance;
import dev.drawbridge.gateway.target.CallTrace;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.problem.ProblemMapper;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The one way to tools, and to call them.
@Singleton
public final class Tools {
    private static final String UNKNOWN = "unknown";

    private final Registry registry;
    private final StepUp stepUp;
    private final RunningCalls running;
    private final Limits limits;
    private final ToolCallTrail trail;
    private final Drain drain;
    private final Performance performance;
    private final MeterRegistry meters;

    Tools(
            Registry registry,
            StepUp stepUp,
            RunningCalls running,
            Limits limits,
            ToolCallTrail trail,
            Drain drain,
            Performance performance,
            MeterRegistry meters) {
        this.registry = registry;
        this.stepUp = stepUp;
        this.running = running;
        this.limits = limits;
        this.trail = trail;
        this.drain = drain;
        this.performance = performance;
        this.meters = meters;
    }

    /// What every built-in tool says of itself, by name.
    public List<ToolDefinition> builtIn() {
        return registry.builtIn().stream().map(RegisteredTool::definition).toList();
    }

    /// What the tools that a caller is shown say of themselves, by name.
    public List<ToolDefinition> listed(Caller caller, Selection selection) {
        Caller widest = stepUp.widest(caller);
        return registry.of(caller.tenant()).stream()
                .filter(tool -> selection.lists(tool.definition(), caller))
                .filter(tool -> isThere(tool, widest, selection))
                .map(RegisteredTool::definition)
                .toList();
    }

    /// What a tool says of itself; null unless it is there for the caller: it may call it, or could
    /// ask for the scopes that it takes.
    public @Nullable ToolDefinition find(Caller caller, Selection selection, String name) {
        RegisteredTool tool = known(caller, selection, name);
        return tool == null ? null : tool.definition();
    }

    /// Whether there is such a tool for the caller.
    public boolean isKnown(Caller caller, Selection selection, String name) {
        return known(caller, selection, name) != null;
    }

    /// Whether a caller is shown a tool that is there for it.
    public boolean isListed(Caller caller, Selection selection, ToolDefinition tool) {
        return selection.lists(tool, caller);
    }

    /// Names of the groups that the caller can choose from.
    public Set<String> features(Caller caller) {
        return Stream.concat(
                        Features.BUILT_IN.stream(),
                        registry.of(caller.tenant()).stream()
                                .flatMap(tool -> tool.definition().features().stream()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private @Nullable RegisteredTool known(Caller caller, Selection selection, String name) {
        RegisteredTool tool = registry.find(caller.tenant(), name);
        return tool != null && isThere(tool, stepUp.widest(caller), selection) ? tool : null;
    }

    private static boolean isThere(RegisteredTool tool, Caller widest, Selection selection) {
        return selection.has(tool.definition())
                && Authorization.may(widest, Level.READ, tool.object())
                && tool.tool().isFor(widest);
    }

    /// Calls a tool: the token's rate, authorization, arguments, the tool, the record of it.
    /// Without room for a record there is neither.
    ///
    /// @return fails with a [ProblemException]; a bug as `INTERNAL_ERROR`
    public Future<Outcome<ToolAnswer>> call(String name, ToolCall call) {
        return call(name, call, tool -> limits.admit(call.caller(), call.address(), tool));
    }

    /// The same for a request that was counted for its caller when it came in: here it counts for
    /// the tool alone.
    public Future<Outcome<ToolAnswer>> callCounted(String name, ToolCall call) {
        return call(
                name,
                call,
                tool ->
                        tool == null
                                ? Future.succeededFuture()
                                : limits.admitTool(call.caller(), tool));
    }

    private Future<Outcome<ToolAnswer>> call(
            String name, ToolCall call, Function<@Nullable String, Future<Void>> admission) {
        long started = System.nanoTime();
        try {
            trail.requireRoom();
        } catch (ProblemException full) {
            return Future.failedFuture(full);
        }
        return drain.follow(call.signal(), dispatch(name, call, admission))
                .recover(failure -> Future.failedFuture(problem(failure)))
                .andThen(outcome -> record(name, call, started, outcome));
    }

    /// Counts and records a call of what is no tool for the caller, which somebody else answers.
    public void refuse(FeatureUse use) {
        timer(UNKNOWN, new Problem.NotFound("tool", use.object()).code())
                .record(0, TimeUnit.NANOSECONDS);
        trail.addUnseen(use);
    }

    private Future<Outcome<ToolAnswer>> dispatch(
            String name, ToolCall call, Function<@Nullable String, Future<Void>> admission) {
        try {
            RegisteredTool tool = known(call.caller(), call.selection(), name);
            // What is no tool has no limit of its own: the name is the caller's to choose.
            return admission
                    .apply(tool == null ? null : name)
                    .compose(_ -> admitted(tool, name, call));
        } catch (RuntimeException failure) {
            return Future.failedFuture(failure);
        }
    }

    private Future<Outcome<ToolAnswer>> admitted(
            @Nullable RegisteredTool tool, String name, ToolCall call) {
        if (tool == null) {
            throw new Problem.NotFound("tool", name).exception();
        }
        Authorization.require(call.caller(), Level.READ, tool.object());
        JsonObject given = tool.check().given(call.arguments());
        JsonObject arguments = call.selection().complete(tool.definition(), given);
        tool.check().check(arguments);
        return running.follow(name, call.client(), tool.tool().call(call.with(arguments)));
    }

    private void record(
            String name, ToolCall call, long started, AsyncResult<Outcome<ToolAnswer>> outcome) {
        String code =
                outcome.cause() instanceof ProblemException failure
                        ? failure.problem().code()
                        : "OK";
        ToolAnswer answer =
                outcome.result() instanceof Outcome.Done<ToolAnswer>(var done) ? done : null;
        int rows = answer == null ? 0 : answer.rows();
        int bytes = answer == null || answer.json() == null ? 0 : answer.json().length();
        time(call, name, code).record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
        observe(name, call, code, rows);
        trail.add(named(name, call), new ToolCallRecord.Outcome(code, rows, bytes, started));
    }

    private void observe(String name, ToolCall call, String code, int rows) {
        Reach.Place place = call.reach().place();
        if (place.connection() == null || place.database() == null) {
            return;
        }
        CallTrace served = call.reach().served();
        performance.observe(
                new Observed(
                        place.connection(),
                        place.database(),
                        name,
                        call.arguments().getValue("sql") instanceof String sql ? sql : null,
                        served.served() ? served.workedNanos() : -1,
                        code,
                        rows,
                        served.cut(),
                        call.reach().traceId()));
    }

    private static ToolCallRecord named(String name, ToolCall call) {
        return new ToolCallRecord(
                call.caller(), call.address(), name, call.arguments(), call.reach());
    }

    /// What is no tool is counted as one: the name is the caller's to choose.
    private Timer time(ToolCall call, String name, String outcome) {
        RegisteredTool tool = registry.find(call.caller().tenant(), name);
        return tool == null
                ? timer(UNKNOWN, outcome)
                : tool.times().computeIfAbsent(outcome, code -> timer(name, code));
    }

    private Timer timer(String name, String outcome) {
        return meters.timer("gateway.tool.call", "tool", name, "outcome", outcome);
    }

    private static ProblemException problem(Throwable failure) {
        return failure instanceof ProblemException known
                ? known
                : ProblemMapper.internal(failure).exception(failure);
    }
}
