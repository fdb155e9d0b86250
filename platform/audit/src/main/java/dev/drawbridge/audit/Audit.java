package dev.drawbridge.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.ProblemDetails;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/// The one way to record what people and scripts do.
@Singleton
public final class Audit {
    private final AuditChain chain;
    private final AuditTrail trail;
    private final CurrentCaller current;
    private final ObjectMapper json;

    @Inject
    Audit(AuditChain chain, AuditTrail trail, CurrentCaller current, ObjectMapper json) {
        this.chain = chain;
        this.trail = trail;
        this.current = current;
        this.json = json;
    }

    /// Records an act in the transaction that does it, or at once where there is none. When it
    /// cannot be recorded the transaction fails, and the act has not happened.
    ///
    /// @throws dev.drawbridge.problem.ProblemException as `Db` does
    public void record(Act act) {
        chain.record(entry(act));
    }

    /// Something that whoever sent the request in hand does; where they are not known, a stranger.
    public Act asked(String tenant, Action action, String object) {
        return current.find()
                .map(caller -> Act.by(caller, action, object))
                .orElseGet(() -> Act.byStranger(tenant, action, object));
    }

    /// Records behind the answer something that changed nothing: a refusal, a first use. Of the
    /// same from the same address within a minute only the first is recorded, and how many more
    /// there were. When too many wait it is dropped: a refusal is one already, and what lets
    /// somebody in asks [#requireRoom] first.
    public void recordBehind(Act act) {
        trail.addRefusal(entry(act));
    }

    /// Passes when what follows can be recorded.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `OVERLOADED`
    public void requireRoom() {
        trail.requireRoom();
    }

    private Entry entry(Act act) {
        String client = act.client() == null ? current.clientAddress() : act.client();
        return Entry.now(
                        context(act, client),
                        act.action().text(),
                        act.object(),
                        act.outcome(),
                        Entry.trace(ProblemDetails.currentTraceId()))
                .with(act.details().isEmpty() ? null : text(act));
    }

    private static Context context(Act act, @Nullable String client) {
        Caller caller = act.caller();
        return caller == null ? Context.stranger(act.tenant(), client) : Context.of(caller, client);
    }

    private String text(Act act) {
        try {
            return json.writeValueAsString(act.details());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
