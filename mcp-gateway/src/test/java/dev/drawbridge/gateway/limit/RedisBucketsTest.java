package dev.drawbridge.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.vertx.core.Vertx;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Buckets in a real Redis; skipped where there is none.
class RedisBucketsTest {
    private static Process redis;
    private static Vertx vertx;
    private static String url;

    private final Limit limit =
            new Limit(Limit.Kind.TENANT, UUID.randomUUID().toString(), "", 10, Duration.ofDays(1));

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> program =
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, "redis-server"))
                        .filter(Files::isExecutable)
                        .findFirst();
        Assumptions.assumeTrue(program.isPresent(), "There is no redis-server here.");
        int port = freePort();
        redis =
                new ProcessBuilder(
                                List.of(
                                        program.get().toString(),
                                        "--port",
                                        "" + port,
                                        "--bind",
                                        "127.0.0.1",
                                        "--save",
                                        ""))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectErrorStream(true)
                        .start();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> answers(port));
        vertx = Vertx.vertx();
        url = "redis://127.0.0.1:" + port;
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            redis.destroy();
        }
    }

    @Test
    void replicas_share_buckets() {
        SharedBuckets one = replica();
        SharedBuckets other = replica();
        long passed = 0;
        for (int i = 0; i < 15; i++) {
            passed +=
                    (i % 2 == 0 ? one : other)
                            .take(limit, new Allotment.Order(0, 1))
                            .join()
                            .units();
        }

        assertThat(passed).isEqualTo(10);
        assertThat(one.left(limit)).isZero();
        assertThat(one.areShared()).isTrue();
    }

    @Test
    void a_state_is_put_only_in_the_place_of_the_one_that_was_read() {
        var store = new RedisBuckets(vertx, url);
        byte[] first = {1, 0, -1};
        byte[] second = {2};
        assertThat(store.find("t", limit.tenant())).isEmpty();
        assertThat(swap(store, Optional.empty(), first)).isTrue();
        assertThat(swap(store, Optional.empty(), second)).isFalse();
        assertThat(swap(store, Optional.of(second), second)).isFalse();
        assertThat(store.find("t", limit.tenant())).hasValue(first);
        assertThat(swap(store, Optional.of(first), second)).isTrue();
        assertThat(store.find("t", limit.tenant())).hasValue(second);
    }

    private boolean swap(RedisBuckets store, Optional<byte[]> before, byte[] after) {
        return store.swap("t", limit.tenant(), before, after, Duration.ofMinutes(1));
    }

    private static SharedBuckets replica() {
        return new SharedBuckets(new RedisBuckets(vertx, url), TimeMeter.SYSTEM_MILLISECONDS);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (var socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
