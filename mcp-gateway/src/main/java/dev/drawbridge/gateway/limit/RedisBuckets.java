package dev.drawbridge.gateway.limit;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/// Buckets in Redis, or Valkey.
final class RedisBuckets implements BucketStore {
    private static final String SWAP =
            """
            if redis.call('get', KEYS[1]) == ARGV[1] then
              redis.call('set', KEYS[1], ARGV[2], 'px', ARGV[3])
              return 1
            end
            return 0
            """;

    private final Redis redis;

    /// @param url as `redis://host:port`
    RedisBuckets(Vertx vertx, String url) {
        this.redis = Redis.createClient(vertx, url);
    }

    @Override
    public Optional<byte[]> find(String tenant, String id) {
        return Optional.ofNullable(send(Request.cmd(Command.GET).arg(key(tenant, id))))
                .map(Response::toBytes);
    }

    @Override
    public boolean swap(
            String tenant, String id, Optional<byte[]> before, byte[] after, Duration keep) {
        String key = key(tenant, id);
        if (before.isEmpty()) {
            Request first =
                    Request.cmd(Command.SET)
                            .arg(key)
                            .arg(Buffer.buffer(after))
                            .arg("NX")
                            .arg("PX")
                            .arg(keep.toMillis());
            return send(first) != null;
        }
        Request next =
                Request.cmd(Command.EVAL)
                        .arg(SWAP)
                        .arg(1)
                        .arg(key)
                        .arg(Buffer.buffer(before.get()))
                        .arg(Buffer.buffer(after))
                        .arg(keep.toMillis());
        Response done = send(next);
        return done != null && done.toString().equals("1");
    }

    private static String key(String tenant, String id) {
        return "drawbridge:limit:" + tenant + ":" + id;
    }

    private @Nullable Response send(Request request) {
        return redis.send(request).toCompletionStage().toCompletableFuture().join();
    }
}
