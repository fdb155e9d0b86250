package dev.drawbridge.gateway.rate;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.UUID;

/// Holds a token to the rate that it was made with: whatever costs something spends one, by
/// whichever way it came. Each gateway counts for itself, for a look-up elsewhere would cost more
/// than the call.
@Singleton
public final class RequestRates {
    private final RateBuckets<UUID> tokens = new RateBuckets<>();

    /// Passes when the caller's token may be used once more, and counts it.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `RATE_LIMITED`
    public void spend(Caller caller) {
        Caller.RateLimit limit = caller.credential().rateLimit();
        if (limit == null) {
            return;
        }
        var rate = new Rate(limit.requests(), Duration.ofSeconds(limit.perSeconds()));
        Duration wait = tokens.spend(caller.credential().id(), rate);
        if (!wait.isZero()) {
            throw new Problem.RateLimited(wait).exception();
        }
    }
}
