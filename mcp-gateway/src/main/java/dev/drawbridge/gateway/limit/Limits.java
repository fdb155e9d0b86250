package dev.drawbridge.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/// Lets through whoever is within all limits that apply: whatever costs something is counted, by
/// whichever way it came. What this process holds of a limit is spent without a lock that others
/// wait for and without asking anybody.
@Singleton
public final class Limits {
    private static final Future<Void> PASSED = Future.succeededFuture();
    private static final int MOST = 100_000;

    private final LimitConfig config;
    private final SharedBuckets buckets;
    private final MeterRegistry meters;
    private final Vertx vertx;
    private final Cache<Limit, Allotment> allotments =
            Caffeine.newBuilder().maximumSize(MOST).build();

    Limits(LimitConfig config, SharedBuckets buckets, MeterRegistry meters, Vertx vertx) {
        this.config = config;
        this.buckets = buckets;
        this.meters = meters;
        this.vertx = vertx;
    }

    /// Passes when a caller may ask once more, and counts it.
    ///
    /// @param address that the request came from; null when it is not known
    /// @param tool that is called; null for what is no tool call
    /// @return fails with `RATE_LIMITED`
    public Future<Void> admit(Caller caller, @Nullable String address, @Nullable String tool) {
        return admit(of(caller, address, tool), 0);
    }

    /// Passes when a tool may be called once more, and counts it for the tool alone: by a request
    /// that was counted for its caller when it came in.
    ///
    /// @return fails with `RATE_LIMITED`
    public Future<Void> admitTool(Caller caller, String tool) {
        return admit(ofTool(caller, tool).stream().toList(), 0);
    }

    private Optional<Limit> ofTool(Caller caller, String tool) {
        OptionalLong most = config.requestsPerTool();
        return most.isPresent()
                ? Optional.of(limit(Limit.Kind.TOOL, caller.tenant(), tool, most.getAsLong()))
                : Optional.empty();
    }

    /// The limits that a request is held to.
    List<Limit> of(Caller caller, @Nullable String address, @Nullable String tool) {
        List<Limit> limits = new ArrayList<>(4);
        String tenant = caller.tenant();
        Caller.RateLimit rate = caller.credential().rateLimit();
        if (rate != null) {
            limits.add(
                    new Limit(
                            Limit.Kind.TOKEN,
                            tenant,
                            caller.credential().id(),
                            rate.requests(),
                            Duration.ofSeconds(rate.perSeconds())));
        }
        if (tool != null) {
            ofTool(caller, tool).ifPresent(limits::add);
        }
        if (address != null) {
            config.requestsPerAddress()
                    .ifPresent(
                            most -> limits.add(limit(Limit.Kind.ADDRESS, tenant, address, most)));
        }
        config.requestsPerTenant()
                .ifPresent(most -> limits.add(limit(Limit.Kind.TENANT, tenant, "", most)));
        return limits;
    }

    /// What is used of the limit of which the least is left, as far as this process knows.
    Optional<Use> nearest(Caller caller, @Nullable String address) {
        long now = System.nanoTime();
        return of(caller, address, null).stream()
                .map(limit -> Use.of(limit, allotment(limit).left(now)))
                .min(Comparator.comparingDouble(use -> (double) use.left() / use.limit().amount()));
    }

    /// What is used of a limit. Blocks.
    Use use(Limit limit) {
        long held = allotment(limit).held(System.nanoTime());
        return Use.of(limit, buckets.left(limit) + held);
    }

    /// One of those that are configured.
    Limit limit(Limit.Kind kind, String tenant, Object key, long most) {
        return new Limit(kind, tenant, key, most, config.within());
    }

    private Future<Void> admit(List<Limit> limits, int from) {
        for (int i = from; i < limits.size(); i++) {
            Allotment allotment = allotment(limits.get(i));
            if (!spend(allotment, 1)) {
                int at = i;
                return obtain(allotment, 1)
                        .onFailure(_ -> giveBack(limits.subList(0, at)))
                        .compose(_ -> admit(limits, at + 1));
            }
        }
        return PASSED;
    }

    /// Passes when there is anything left of a limit whose use is charged later.
    Future<Void> admit(Limit limit) {
        Allotment allotment = allotment(limit);
        return spend(allotment, 0) ? PASSED : obtain(allotment, 0);
    }

    /// Counts what was used.
    void charge(Limit limit, long units) {
        allotment(limit).charge(units, System.nanoTime());
    }

    /// What is held here of a limit and known of the rest.
    Allotment allotment(Limit limit) {
        return allotments.get(limit, Allotment::new);
    }

    private boolean spend(Allotment allotment, long units) {
        return switch (allotment.spend(units, System.nanoTime())) {
            case YES -> true;
            case YES_AND_LOW -> {
                var _ = ask(allotment);
                yield true;
            }
            case NO -> false;
        };
    }

    /// Spends units that are not held yet.
    private Future<Void> obtain(Allotment allotment, long units) {
        long wait = allotment.emptyFor(System.nanoTime());
        if (wait > 0) {
            return refused(allotment.limit(), Duration.ofNanos(wait));
        }
        return Future.fromCompletionStage(ask(allotment), vertx.getOrCreateContext())
                .compose(_ -> spend(allotment, units) ? PASSED : obtain(allotment, units));
    }

    /// Takes the next allotment, unless that is under way.
    ///
    /// @return done once it is there; never fails
    CompletableFuture<Grant> ask(Allotment allotment) {
        var question = new CompletableFuture<Grant>();
        long asked = System.nanoTime();
        Allotment.Order order = allotment.begin(question, asked);
        if (order == null) {
            CompletableFuture<Grant> other = allotment.underWay();
            return other == null ? CompletableFuture.completedFuture(Grant.NONE) : other;
        }
        var _ =
                buckets.take(allotment.limit(), order)
                        .whenComplete((grant, failure) -> {
                            Grant got = failure == null ? grant : Grant.NONE;
                            allotment.end(order, got, asked, System.nanoTime());
                            question.complete(got);
                        });
        return question;
    }

    private void giveBack(List<Limit> limits) {
        limits.forEach(limit -> allotment(limit).giveBack(1));
    }

    private Future<Void> refused(Limit limit, Duration wait) {
        String kind = limit.kind().name().toLowerCase(Locale.ROOT);
        meters.counter("gateway.limit.refused", "limit", kind).increment();
        return Future.failedFuture(new Problem.RateLimited(wait, limit.kind().words()).exception());
    }
}
