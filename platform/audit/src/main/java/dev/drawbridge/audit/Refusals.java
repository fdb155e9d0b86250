package dev.drawbridge.audit;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Challenge;
import dev.drawbridge.identity.network.ClientAddresses;
import dev.drawbridge.problem.ProblemDetails;

import io.vertx.core.http.HttpServerRequest;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/// The record of requests that were refused for who sent them, or from where.
@Singleton
public final class Refusals {
    private static final int LONGEST = 200;
    private static final Action REFUSED = () -> "request.refuse";

    private final Audit audit;
    private final ClientAddresses addresses;

    @Inject
    Refusals(Audit audit, ClientAddresses addresses) {
        this.audit = audit;
        this.addresses = addresses;
    }

    void challenged(@Observes Challenge challenge) {
        record(null, challenge.request(), challenge.told());
    }

    /// Records a refusal behind the answer.
    ///
    /// @param who null where it is not known
    /// @param told what they were answered
    public void record(@Nullable Caller who, HttpServerRequest request, ProblemDetails told) {
        String object = request.method() + " " + request.path();
        if (object.length() > LONGEST) {
            object = object.substring(0, LONGEST);
        }
        Act act =
                who == null ? Act.byStranger(null, REFUSED, object) : Act.by(who, REFUSED, object);
        audit.recordBehind(
                act.refused(told.code())
                        .with("reason", told.detail())
                        .from(addresses.text(request)));
    }
}
