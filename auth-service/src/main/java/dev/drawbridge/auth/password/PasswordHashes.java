package dev.drawbridge.auth.password;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategy;

import dev.drawbridge.problem.Problem;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// bcrypt on a few threads of its own. One hash keeps a core busy for a quarter of a second; on the
/// threads that answer requests, a handful of logins would hold up everyone else.
@Singleton
public final class PasswordHashes {
    private static final int COST = 12;
    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2B;
    // [Password] has bounded the length already; this library's own limit is one byte too low.
    private static final LongPasswordStrategy WHOLE = LongPasswordStrategies.none();

    /// Of a random password that was thrown away, so that it takes as long to fail for a user who
    /// is not there as for one who is.
    private static final String NOBODY =
            "$2b$12$nyGJ9uIxRsYpBCX4P.PPj.xFGzDzJscf6uBTBaFeZz0mBnQFVHpPO";

    private final ThreadPoolExecutor threads;
    private final MeterRegistry meters;

    PasswordHashes(PasswordConfig config, MeterRegistry meters) {
        this.meters = meters;
        int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        int count = config.threads() == 0 ? half : config.threads();
        this.threads =
                new ThreadPoolExecutor(
                        count,
                        count,
                        1,
                        TimeUnit.MINUTES,
                        new ArrayBlockingQueue<>(config.queue()),
                        Thread.ofPlatform().daemon().name("password-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        Gauge.builder("auth.password.queue", threads, pool -> pool.getQueue().size())
                .description("Hashes that wait for a thread")
                .register(meters);
    }

    /// The hash to store, in bcrypt's modular form.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `OVERLOADED` when too many wait
    public String hash(Password password) {
        return run(
                "hash",
                () ->
                        new String(
                                BCrypt.with(VERSION, new SecureRandom(), WHOLE)
                                        .hash(COST, password.bytes()),
                                StandardCharsets.US_ASCII));
    }

    /// Whether the password is the one that was hashed. Without a hash it takes the same time and
    /// is not.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `OVERLOADED` when too many wait
    public boolean matches(Password password, Optional<String> hash) {
        boolean equal =
                run(
                        hash.isPresent() ? "verify" : "verify-nobody",
                        () ->
                                BCrypt.verifyer(VERSION, WHOLE)
                                        .verify(
                                                password.bytes(),
                                                hash.orElse(NOBODY)
                                                        .getBytes(StandardCharsets.US_ASCII))
                                        .verified);
        return equal && hash.isPresent();
    }

    private <T> T run(String purpose, Callable<T> work) {
        try {
            return threads.submit(() ->
                            meters.timer("auth.password.hash", "purpose", purpose)
                                    .recordCallable(work))
                    .get();
        } catch (RejectedExecutionException full) {
            throw new Problem.Overloaded(Duration.ofSeconds(1)).exception(full);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Problem.Overloaded(Duration.ofSeconds(1)).exception(interrupted);
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
