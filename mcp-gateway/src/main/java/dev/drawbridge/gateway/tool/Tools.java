package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.audit.ToolCallRecord;
import dev.drawbridge.gateway.audit.ToolCallTrail;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.oauth.StepUp;
import dev.drawbridge.gateway.rate.RequestRates;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.problem.ProblemMapper;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.arc.All;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// All tools, and the one way to call them.
@Singleton
public final class Tools {
    private static final String UNKNOWN = "unknown";

    private final Map<String, Entry> byName;
    private final List<ToolDefinition> definitions;
    private final StepUp stepUp;
    private final RunningCalls running;
    private final RequestRates rates;
    private final ToolCallTrail trail;
    private final MeterRegistry meters;

    /// @param times by outcome
    private record Entry(
            Tool tool, ArgumentCheck check, ProtectedObject object, Map<String, Timer> times) {}

    Tools(
            @All List<Tool> tools,
            StepUp stepUp,
            RunningCalls running,
            RequestRates rates,
            ToolCallTrail trail,
            MeterRegistry meters) {
        this.definitions =
                tools.stream()
                        .map(Tool::definition)
                        .sorted(Comparator.comparing(ToolDefinition::name))
                        .toList();
        this.byName =
                tools.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        tool -> tool.definition().name(), Tools::entry));
        this.stepUp = stepUp;
        this.running = running;
        this.rates = rates;
        this.trail = trail;
        this.meters = meters;
    }

    /// What every tool says of itself, by name.
    public List<ToolDefinition> definitions() {
        return definitions;
    }

    /// Whether the caller may see a tool: it may call it, or could ask for the scopes that it
    /// takes.
    public boolean isVisible(Caller caller, String name) {
        Entry entry = byName.get(name);
        Caller widest = stepUp.widest(caller);
        ProtectedObject object = entry == null ? ProtectedObject.tool(name) : entry.object();
        return Authorization.may(widest, Level.READ, object)
                && (entry == null || entry.tool().isFor(widest));
    }

    /// Whether there is such a tool and the caller may see it.
    public boolean isKnown(Caller caller, String name) {
        return byName.containsKey(name) && isVisible(caller, name);
    }

    /// Calls a tool: the token's rate, authorization, arguments, the tool, the record of it.
    /// Without room for a record there is neither.
    ///
    /// @return fails with a [ProblemException]; a bug as `INTERNAL_ERROR`
    public Future<Outcome<ToolAnswer>> call(String name, ToolCall call) {
        long started = System.nanoTime();
        try {
            trail.requireRoom();
        } catch (ProblemException full) {
            return Future.failedFuture(full);
        }
        return dispatch(name, call)
                .recover(failure -> Future.failedFuture(problem(failure)))
                .andThen(outcome -> record(name, call, started, outcome));
    }

    /// Counts and records a call of what is no tool for the caller, which somebody else answers.
    public void refuse(FeatureUse use) {
        timer(UNKNOWN, new Problem.NotFound("tool", use.object()).code())
                .record(0, TimeUnit.NANOSECONDS);
        trail.addUnseen(use);
    }

    private Future<Outcome<ToolAnswer>> dispatch(String name, ToolCall call) {
        try {
            rates.spend(call.caller());
            Entry entry = byName.get(name);
            if (entry == null || !isKnown(call.caller(), name)) {
                throw new Problem.NotFound("tool", name).exception();
            }
            Authorization.require(call.caller(), Level.READ, entry.object());
            entry.check().check(call.arguments());
            return running.follow(name, call.client(), entry.tool().call(call));
        } catch (RuntimeException failure) {
            return Future.failedFuture(failure);
        }
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
        time(name, code).record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
        trail.add(named(name, call), new ToolCallRecord.Outcome(code, rows, bytes, started));
    }

    private static ToolCallRecord named(String name, ToolCall call) {
        return new ToolCallRecord(
                call.caller(), call.address(), name, call.arguments(), call.reach());
    }

    /// What is no tool is counted as one: the name is the caller's to choose.
    private Timer time(String name, String outcome) {
        Entry entry = byName.get(name);
        return entry == null
                ? timer(UNKNOWN, outcome)
                : entry.times().computeIfAbsent(outcome, code -> timer(name, code));
    }

    private Timer timer(String name, String outcome) {
        return meters.timer("gateway.tool.call", "tool", name, "outcome", outcome);
    }

    private static ProblemException problem(Throwable failure) {
        return failure instanceof ProblemException known
                ? known
                : ProblemMapper.internal(failure).exception(failure);
    }

    private static Entry entry(Tool tool) {
        ToolDefinition definition = tool.definition();
        return new Entry(
                tool,
                new ArgumentCheck(definition.inputSchema()),
                ProtectedObject.tool(definition.name()),
                new ConcurrentHashMap<>());
    }
}
