package dev.drawbridge.auth.credential;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.network.ClientAddress;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;

/// The record of tokens that are used for the first time.
@Singleton
final class FirstUses {
    /// No token of a provider's is taken when it is older.
    private static final Duration OLDEST = Duration.ofDays(1);

    private static final int MOST = 100_000;

    private final Audit audit;

    /// Tokens of providers are stored nowhere: each process knows those that came to it.
    private final Cache<UUID, Boolean> seen =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(OLDEST).build();

    FirstUses(Audit audit) {
        this.audit = audit;
    }

    /// Passes when a first use that follows can be recorded.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `OVERLOADED`
    void requireRoom() {
        audit.requireRoom();
    }

    /// Records, behind the answer, that a token of ours was used for the first time.
    void record(Caller caller, @Nullable ClientAddress from) {
        audit.recordBehind(
                Act.by(caller, AuthAction.TOKEN_FIRST_USE, "token:" + caller.credential().id())
                        .from(from == null ? null : from.text()));
    }

    /// The same for a provider's token, unless it was here before.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `OVERLOADED` when it cannot be recorded
    void recordOnce(Caller caller, @Nullable ClientAddress from) {
        UUID token = caller.credential().id();
        if (seen.getIfPresent(token) == null) {
            requireRoom();
            seen.put(token, true);
            record(caller, from);
        }
    }
}
