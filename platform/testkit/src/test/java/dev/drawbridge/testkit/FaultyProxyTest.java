package dev.drawbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

class FaultyProxyTest {
    private static final int SHORT_MS = 100;
    private static final int PATIENCE_MS = 10_000;

    private ServerSocket echo;
    private FaultyProxy proxy;
    private Socket client;

    @BeforeEach
    void connect() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy = FaultyProxy.to(echo.getLocalPort());
        client = enter();
        assertThat(answer(client, 1)).isEqualTo(1);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        echo.close();
    }

    @Test
    void what_is_held_arrives_later_and_nobody_was_told() throws IOException {
        proxy.hold();
        var newcomer = enter();

        assertUnanswered(client, 2);
        assertUnanswered(newcomer, 3);
        proxy.pass();

        assertThat(client.getInputStream().read()).isEqualTo(2);
        assertThat(newcomer.getInputStream().read()).isEqualTo(3);
    }

    @Test
    void a_reset_ends_who_is_there_and_who_comes() throws IOException {
        proxy.reset();

        assertThatThrownBy(() -> client.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        assertThatThrownBy(() -> answer(enter(), 2)).isInstanceOf(SocketException.class);
        proxy.pass();
        assertThat(answer(enter(), 3)).isEqualTo(3);
    }

    @Test
    void a_reset_also_ends_who_was_held() throws IOException {
        proxy.hold();
        var newcomer = enter();
        proxy.reset();

        assertThatThrownBy(() -> newcomer.getInputStream().read())
                .isInstanceOf(SocketException.class);
    }

    @Test
    void after_a_cut_nobody_is_there_until_all_may_pass() throws IOException {
        proxy.cut();

        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThatThrownBy(this::enter).isInstanceOf(ConnectException.class);
        proxy.pass();
        assertThat(answer(enter(), 2)).isEqualTo(2);
    }

    @Test
    void a_delay_counts_there_and_back() throws IOException {
        proxy.delay(Duration.ofMillis(SHORT_MS));
        long began = System.nanoTime();

        assertThat(answer(client, 2)).isEqualTo(2);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThanOrEqualTo(Duration.ofMillis(2 * SHORT_MS));
    }

    private Socket enter() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    private static int answer(Socket socket, int question) throws IOException {
        socket.getOutputStream().write(question);
        return socket.getInputStream().read();
    }

    private static void assertUnanswered(Socket socket, int question) throws IOException {
        socket.setSoTimeout(SHORT_MS);
        assertThatThrownBy(() -> answer(socket, question))
                .isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(PATIENCE_MS);
    }

    private void serve() {
        try {
            while (true) {
                Socket one = echo.accept();
                Thread.ofVirtual().start(() -> repeat(one));
            }
        } catch (IOException closed) {
            // At the end of the test.
        }
    }

    private static void repeat(Socket one) {
        try (one) {
            one.getInputStream().transferTo(one.getOutputStream());
        } catch (IOException ended) {
            // As the test wanted it.
        }
    }
}
