package dev.drawbridge.gateway.prompt;

import dev.drawbridge.audit.Entry;
import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.audit.ToolCallRecord;
import dev.drawbridge.gateway.audit.ToolCallTrail;
import dev.drawbridge.gateway.rate.RequestRates;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.arc.All;

import jakarta.inject.Singleton;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// All prompts, by name.
@Singleton
public final class Prompts {
    private final List<Prompt> prompts;
    private final RequestRates rates;
    private final ToolCallTrail trail;

    Prompts(@All List<Prompt> prompts, RequestRates rates, ToolCallTrail trail) {
        this.rates = rates;
        this.prompts = prompts.stream().sorted(Comparator.comparing(Prompt::name)).toList();
        this.trail = trail;
    }

    public List<Prompt> list() {
        return prompts;
    }

    /// The message of a prompt, arguments filled in; that it was used is recorded.
    ///
    /// @param use of that prompt
    /// @param arguments every required one of the prompt
    /// @throws dev.drawbridge.problem.ProblemException `OVERLOADED` when it cannot be recorded,
    ///   `RATE_LIMITED`
    public String text(FeatureUse use, Prompt prompt, Map<String, String> arguments) {
        trail.requireRoom();
        long started = System.nanoTime();
        try {
            rates.spend(use.caller());
            String text = prompt.text(arguments);
            trail.add(use, new ToolCallRecord.Outcome(Entry.OK, 0, text.length(), started));
            return text;
        } catch (ProblemException refused) {
            String code = refused.problem().code();
            trail.add(use, new ToolCallRecord.Outcome(code, 0, 0, started));
            throw refused;
        }
    }

    /// Whether there is such a prompt and the caller may use it.
    public boolean isKnown(Caller caller, String name) {
        return prompts.stream().anyMatch(prompt -> prompt.name().equals(name))
                && isVisible(caller, name);
    }

    public boolean isVisible(Caller caller, String name) {
        return Authorization.may(caller, Level.READ, ProtectedObject.prompt(name));
    }
}
