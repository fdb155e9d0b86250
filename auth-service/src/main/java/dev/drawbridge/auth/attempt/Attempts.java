package dev.drawbridge.auth.attempt;

import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.identity.network.ClientAddress;
import dev.drawbridge.problem.Problem;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/// Counts attempts to prove who one is. A credential path calls [#begin] before it does any work
/// and [#succeeded] or [#failed] when it knows; all three act alike whether or not there is such an
/// account.
@Singleton
public final class Attempts {
    private static final String TOKEN = "token:address:";
    private static final String SIGN_ON = "sign-on:address:";
    private static final String LETTER = "letter:address:";
    private static final String MAILBOX = "letter:mailbox:";
    private static final String USE = "token:use:";

    private final AttemptRepository buckets;
    private final Lockouts lockouts;
    private final AttemptConfig config;
    private final InstantSource clock;

    @Inject
    Attempts(AttemptRepository buckets, Lockouts lockouts, AttemptConfig config) {
        this(buckets, lockouts, config, InstantSource.system());
    }

    Attempts(
            AttemptRepository buckets,
            Lockouts lockouts,
            AttemptConfig config,
            InstantSource clock) {
        this.buckets = buckets;
        this.lockouts = lockouts;
        this.config = config;
        this.clock = clock;
    }

    /// Passes when the address and the account may try once more, and the account is not locked.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `RATE_LIMITED`
    public void begin(Attempt attempt) {
        take(addressBucket(attempt), attempt.method().perAddress(config));
        String subject = subject(attempt);
        lockouts.requireOpen(subject, clock.instant());
        take(accountBucket(attempt, subject), attempt.method().perAccount(config));
    }

    /// What was shown is right: the attempt is given back and earlier failures are forgotten.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `RATE_LIMITED` when the account was locked
    ///   while this was found out; then it must count for nothing
    public void succeeded(Attempt attempt) {
        String subject = subject(attempt);
        lockouts.succeeded(subject, clock.instant());
        buckets.giveBack(addressBucket(attempt), attempt.method().perAddress(config));
        buckets.giveBack(accountBucket(attempt, subject), attempt.method().perAccount(config));
    }

    /// What was shown is wrong, or there is no such account.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `RATE_LIMITED` when the account was locked
    ///   while this was found out, so that a wrong guess reads like a right one
    public void failed(Attempt attempt) {
        lockouts.failed(subject(attempt), clock.instant());
    }

    /// Counts a session or token that does not work.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `RATE_LIMITED` when the address showed too
    ///   many of them
    public void refusedToken(ClientAddress from) {
        take(TOKEN + from.bucket(), config.tokenAddress());
    }

    /// Counts a sign-on that begins at an identity provider.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `RATE_LIMITED` when the address began too
    ///   many of them
    public void signOn(ClientAddress from) {
        take(SIGN_ON + from.bucket(), config.signOnAddress());
    }

    /// Counts a letter that a stranger asks for, whoever it is to and whether or not it is sent.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `RATE_LIMITED` when the address asked for
    ///   too many of them
    public void letter(ClientAddress from) {
        take(LETTER + from.bucket(), config.letterAddress());
    }

    /// Counts a letter to a mailbox. False when it is one too many of its kind: then it is not to
    /// be sent.
    public boolean mayWrite(String kind, String tenant, EmailAddress mailbox) {
        String bucket = MAILBOX + kind + ':' + tenant + ':' + mailbox.key();
        return buckets.take(bucket, config.letterMailbox(), clock.instant()).isEmpty();
    }

    /// Counts a use of a token that has a rate of its own.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `RATE_LIMITED`
    public void use(UUID token, int requests, int perSeconds) {
        take(USE + token, new Rate(requests, Duration.ofSeconds(perSeconds)));
    }

    private void take(String bucket, Rate rate) {
        buckets.take(bucket, rate, clock.instant())
                .ifPresent(wait -> {
                    throw new Problem.RateLimited(wait).exception();
                });
    }

    private String subject(Attempt attempt) {
        return lockouts.subject(attempt.tenant(), attempt.username());
    }

    private static String addressBucket(Attempt attempt) {
        return attempt.method().text() + ":address:" + attempt.from().bucket();
    }

    private static String accountBucket(Attempt attempt, String subject) {
        return attempt.method().text() + ":account:" + subject;
    }
}
