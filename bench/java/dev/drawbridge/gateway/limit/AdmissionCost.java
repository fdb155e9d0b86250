package dev.drawbridge.gateway.limit;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Grants;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Prints as JSON what it costs a call to be let through by its limits: a token's, its tenant's, its
/// address's and its tool's, none of them reached; what the shared buckets are asked for is behind.
public final class AdmissionCost {
    private static final int WARM_UP = 3_000_000;
    private static final int CALLS = 2_000_000;

    private AdmissionCost() {}

    public static void main(String[] arguments) {
        var config =
                new SmallRyeConfigBuilder()
                        .withConverter(Duration.class, 200, new DurationConverter())
                        .withMapping(LimitConfig.class)
                        .withDefaultValue("gateway.limit.requests-per-tenant", "1000000000")
                        .withDefaultValue("gateway.limit.requests-per-address", "1000000000")
                        .withDefaultValue("gateway.limit.requests-per-tool", "1000000000")
                        .build()
                        .getConfigMapping(LimitConfig.class);
        var buckets = new SharedBuckets(new Memory(), TimeMeter.SYSTEM_MILLISECONDS);
        var limits = new Limits(config, buckets, new SimpleMeterRegistry(), Vertx.vertx());
        long passed = run(limits, new long[WARM_UP]);
        var nanos = new long[CALLS];
        passed += run(limits, nanos);
        Arrays.sort(nanos);
        System.out.printf(
                "{\"passed\":%d,\"of\":%d,\"nanos\":[%d,%d,%d]}%n",
                passed,
                WARM_UP + CALLS,
                nanos[CALLS / 2],
                nanos[(int) (CALLS * 0.99)],
                nanos[(int) (CALLS * 0.9999)]);
        System.exit(0);
    }

    private static long run(Limits limits, long[] nanos) {
        var token = new Caller.Credential(
                CredentialType.API_TOKEN,
                UUID.randomUUID(),
                null,
                null,
                new Caller.RateLimit(1_000_000_000, 60));
        var caller =
                new Caller(
                        UUID.randomUUID(),
                        "dana",
                        "default",
                        false,
                        List.of(),
                        Map.of(),
                        token,
                        Grants.NOTHING,
                        null);
        long passed = 0;
        for (int i = 0; i < nanos.length; i++) {
            long started = System.nanoTime();
            var admitted = limits.admit(caller, "192.0.2.7", "query_database");
            nanos[i] = System.nanoTime() - started;
            passed += admitted.succeeded() ? 1 : 0;
        }
        return passed;
    }

    /// A store in this process: what a round trip costs is not the call's.
    private static final class Memory implements BucketStore {
        private final Map<String, byte[]> states = new ConcurrentHashMap<>();

        @Override
        public Optional<byte[]> find(String tenant, String id) {
            return Optional.ofNullable(states.get(tenant + id));
        }

        @Override
        public boolean swap(
                String tenant, String id, Optional<byte[]> before, byte[] after, Duration keep) {
            states.put(tenant + id, after);
            return true;
        }
    }
}
