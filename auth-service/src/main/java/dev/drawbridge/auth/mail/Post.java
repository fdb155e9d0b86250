package dev.drawbridge.auth.mail;

import dev.drawbridge.problem.Problem;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.mail.SMTPException;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Sends letters: at once, or behind the answer where its time must tell nothing.
@Singleton
public final class Post {
    private static final Logger LOG = Logger.getLogger(Post.class);
    private static final int CARRIERS = 2;

    private final ReactiveMailer mailer;
    private final MailConfig config;
    private final MeterRegistry meters;
    private final Context loop;
    private final ThreadPoolExecutor behind;

    Post(ReactiveMailer mailer, MailConfig config, MeterRegistry meters, Vertx vertx) {
        this.mailer = mailer;
        this.config = config;
        this.meters = meters;
        this.loop = ((VertxInternal) vertx).createEventLoopContext();
        this.behind =
                new ThreadPoolExecutor(
                        CARRIERS,
                        CARRIERS,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(config.queue()),
                        Thread.ofVirtual().name("post-", 0).factory());
    }

    /// Whether there is a mail server.
    public boolean isConfigured() {
        return config.from().isPresent();
    }

    /// Passes when there is a mail server.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `CONFLICT`
    public void requireConfigured() {
        if (!isConfigured()) {
            throw new Problem.Conflict(
                            "No mail server is configured here. Ask an administrator for a link.")
                    .exception();
        }
    }

    /// Sends a letter and waits until the server has taken it. When the connection breaks, it is
    /// sent once more: nobody asks again for a letter that is sent behind an answer.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `UPSTREAM_ERROR` when it has not in time
    public void send(Letter letter) {
        try {
            // The client itself waits for as long as the server keeps the connection open.
            mailer.send(
                            Mail.withText(letter.to().text(), letter.subject(), letter.text())
                                    .setFrom(config.from().orElseThrow()))
                    // Elsewhere the client may listen only after the server's greeting has come,
                    // and would wait for it until the server hangs up.
                    .runSubscriptionOn(task -> loop.runOnContext(_ -> task.run()))
                    .onFailure(failure -> !(failure instanceof SMTPException))
                    .retry()
                    .atMost(1)
                    .await()
                    .atMost(config.timeout());
            count("sent");
        } catch (RuntimeException refused) {
            count("failed");
            throw new Problem.Upstream("The mail server").exception(refused);
        }
    }

    /// Runs `work`, which looks something up and may send a letter, behind the answer. A failure is
    /// logged, without what the letter says.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `OVERLOADED` when too much waits
    public void behind(Runnable work) {
        try {
            behind.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException failure) {
                    LOG.errorf("A letter was not sent: %s", failure.toString());
                }
            });
        } catch (RejectedExecutionException full) {
            throw new Problem.Overloaded(Duration.ofSeconds(5)).exception(full);
        }
    }

    private void count(String outcome) {
        meters.counter("auth.mail", "outcome", outcome).increment();
    }

    @PreDestroy
    void stop() {
        behind.shutdown();
    }
}
