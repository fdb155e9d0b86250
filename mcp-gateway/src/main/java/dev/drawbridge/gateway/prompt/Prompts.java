package dev.drawbridge.gateway.prompt;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.audit.ToolCallRecord;
import dev.drawbridge.gateway.audit.ToolCallTrail;
import dev.drawbridge.gateway.client.Content;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.completion.Completion;
import dev.drawbridge.gateway.completion.Names;
import dev.drawbridge.gateway.limit.Limits;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.arc.All;
import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All prompts, by name.
@Singleton
public final class Prompts {
    private static final Comparator<Prompt> BY_NAME = Comparator.comparing(Prompt::name);

    private final List<Prompt> builtIn;
    private final List<PromptSource> sources;
    private final PromptArguments arguments;
    private final Names names;
    private final Limits limits;
    private final ToolCallTrail trail;

    Prompts(
            BuiltInPrompts builtIn,
            @All List<PromptSource> sources,
            PromptArguments arguments,
            Names names,
            Limits limits,
            ToolCallTrail trail) {
        this.builtIn = builtIn.on();
        this.sources = sources;
        this.arguments = arguments;
        this.names = names;
        this.limits = limits;
        this.trail = trail;
    }

    /// Those that are there for everybody who may use them, by name.
    public List<Prompt> builtIn() {
        return builtIn;
    }

    /// Those that the caller may use, by name.
    public List<Prompt> list(Caller caller) {
        return Stream.concat(builtIn.stream(), own(caller).stream())
                .filter(prompt -> isVisible(caller, prompt.name()))
                .sorted(BY_NAME)
                .toList();
    }

    /// Those of the caller's tenant, whether or not the caller may use them.
    public List<Prompt> own(Caller caller) {
        return sources.stream()
                .<Prompt>flatMap(source -> source.prompts(caller.tenant()).stream())
                .toList();
    }

    /// The messages of a prompt, arguments filled in; that it was used is recorded.
    ///
    /// @param use of that prompt
    /// @return fails with `OVERLOADED` when it cannot be recorded, `RATE_LIMITED`,
    ///   `VALIDATION_ERROR` for arguments that are not the prompt's or are missing, `NOT_FOUND` and
    ///   `AUTHORIZATION_ERROR` for a database that the caller may not read
    public Future<Outcome<List<PromptMessage>>> get(
            FeatureUse use, Prompt prompt, PromptCall call) {
        try {
            trail.requireRoom();
        } catch (ProblemException full) {
            return Future.failedFuture(full);
        }
        long started = System.nanoTime();
        return answer(use, prompt, call)
                .andThen(outcome ->
                        trail.add(
                                use,
                                ToolCallRecord.Outcome.of(outcome.map(Prompts::text), started)));
    }

    private Future<Outcome<List<PromptMessage>>> answer(
            FeatureUse use, Prompt prompt, PromptCall call) {
        return limits.admit(call.caller(), use.client(), null)
                .compose(_ -> admitted(use, prompt, call));
    }

    private Future<Outcome<List<PromptMessage>>> admitted(
            FeatureUse use, Prompt prompt, PromptCall call) {
        try {
            return switch (arguments.judge(prompt, call, use.reach())) {
                case Outcome.Done<Map<String, String>>(var judged) -> prompt.get(call.with(judged));
                case Outcome.InputRequired<Map<String, String>>(var requests, var state) ->
                        Future.succeededFuture(new Outcome.InputRequired<>(requests, state));
            };
        } catch (ProblemException refused) {
            return Future.failedFuture(refused);
        }
    }

    private static String text(Outcome<List<PromptMessage>> outcome) {
        return outcome instanceof Outcome.Done<List<PromptMessage>>(var messages)
                ? messages.stream().map(Prompts::text).collect(Collectors.joining())
                : "";
    }

    private static String text(PromptMessage message) {
        return message.content() instanceof Content.Text(var text) ? text : "";
    }

    /// What may stand for an argument, of what the caller sees; nothing for what is no name, and
    /// for a prompt that it may not use.
    ///
    /// @param known the arguments that are already filled in
    /// @return fails with `RATE_LIMITED`
    public Future<Completion> complete(
            Caller caller,
            String prompt,
            String argument,
            String written,
            Map<String, String> known) {
        return limits.admit(caller, null, null)
                .compose(_ -> completed(caller, prompt, argument, written, known));
    }

    private Future<Completion> completed(
            Caller caller,
            String prompt,
            String argument,
            String written,
            Map<String, String> known) {
        Names.Kind kind = Names.kind(argument);
        boolean isAsked =
                find(caller, prompt).stream()
                        .flatMap(it -> it.arguments().stream())
                        .anyMatch(it -> it.name().equals(argument));
        return isAsked && kind != null
                ? names.complete(caller, kind, Names.Within.of(known), written, _ -> true)
                : Future.succeededFuture(Completion.NOTHING);
    }

    /// The prompt of that name, if the caller may use it.
    public Optional<Prompt> find(Caller caller, String name) {
        return Stream.concat(builtIn.stream(), own(caller).stream())
                .filter(prompt -> prompt.name().equals(name) && isVisible(caller, name))
                .findFirst();
    }

    /// Whether there is such a prompt and the caller may use it.
    public boolean isKnown(Caller caller, String name) {
        return find(caller, name).isPresent();
    }

    public boolean isVisible(Caller caller, String name) {
        return Authorization.may(caller, Level.READ, ProtectedObject.prompt(name));
    }
}
