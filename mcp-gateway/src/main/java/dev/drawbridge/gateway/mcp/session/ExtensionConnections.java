package dev.drawbridge.gateway.mcp.session;

import io.quarkiverse.mcp.server.McpLog.LogLevel;
import io.quarkiverse.mcp.server.McpServer;
import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.quarkiverse.mcp.server.runtime.McpConnectionBase;
import io.quarkiverse.mcp.server.runtime.config.McpServerRuntimeConfig;
import io.quarkiverse.mcp.server.runtime.config.McpServersRuntimeConfig;
import io.quarkus.runtime.annotations.RegisterForReflection;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Objects;

/// What the extension has in memory of a session. It lets nobody else make a connection or set its
/// level, so this is done behind its back.
@Singleton
@RegisterForReflection(
        targets = McpConnectionBase.class,
        classNames = ExtensionConnections.CONNECTION,
        registerFullHierarchy = false)
final class ExtensionConnections {
    static final String CONNECTION =
            "io.quarkiverse.mcp.server.http.runtime.StreamableHttpMcpConnection";

    private final ConnectionManager manager;
    private final McpServerRuntimeConfig config;
    private final Constructor<?> constructor;
    private final Method setLogLevel;

    ExtensionConnections(ConnectionManager manager, McpServersRuntimeConfig config) {
        this.manager = manager;
        this.config = Objects.requireNonNull(config.servers().get(McpServer.DEFAULT));
        try {
            constructor =
                    Class.forName(CONNECTION, true, ConnectionManager.class.getClassLoader())
                            .getDeclaredConstructor(
                                    String.class, McpServerRuntimeConfig.class, String.class);
            setLogLevel = McpConnectionBase.class.getDeclaredMethod("setLogLevel", LogLevel.class);
            constructor.setAccessible(true);
            setLogLevel.setAccessible(true);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("The MCP extension is another one", changed);
        }
    }

    /// The connection of a session, which counts as used now.
    @Nullable McpConnectionBase find(String id) {
        return manager.get(id);
    }

    /// Whether there is one, which counts as used now. Who goes on has begun, even if it said so to
    /// another replica.
    boolean goOn(String id) {
        McpConnectionBase connection = manager.get(id);
        if (connection == null) {
            return false;
        }
        connection.setInitialized();
        return true;
    }

    /// One that waits for `initialize`.
    void begin(String id) {
        manager.add(make(id));
    }

    /// One that has begun elsewhere. Makes none when there is one.
    synchronized void resume(String id, McpSession session) {
        if (!manager.has(id)) {
            McpConnectionBase connection = make(id);
            connection.initialize(session.initialization().request());
            connection.setInitialized();
            manager.add(connection);
        }
        if (session.logLevel() != null) {
            level(id, session.logLevel());
        }
    }

    void level(String id, String level) {
        McpConnectionBase connection = manager.get(id);
        LogLevel known = LogLevel.from(level);
        if (connection != null && known != null) {
            reflect(() -> setLogLevel.invoke(connection, known));
        }
    }

    void end(String id) {
        manager.remove(id);
    }

    private McpConnectionBase make(String id) {
        return (McpConnectionBase)
                Objects.requireNonNull(
                        reflect(() -> constructor.newInstance(id, config, McpServer.DEFAULT)));
    }

    @FunctionalInterface
    private interface Reflection {
        @Nullable Object run() throws ReflectiveOperationException;
    }

    private static @Nullable Object reflect(Reflection step) {
        try {
            return step.run();
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
