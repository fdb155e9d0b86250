package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.Bounds;
import dev.drawbridge.gateway.target.ClientCertificate;
import dev.drawbridge.gateway.target.Endpoint;
import dev.drawbridge.gateway.target.StartupName;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.gateway.target.Tls;
import dev.drawbridge.gateway.target.TlsMode;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;

import java.security.KeyStore;
import java.time.Duration;

import javax.net.ssl.TrustManagerFactory;

/// What a session is opened with: login, TLS, and the settings that it keeps. Not yet an address.
final class SessionOptions {
    private SessionOptions() {}

    /// @param target whose login opens the session
    /// @param endpoint of the target's
    /// @param timeout of one statement
    static PgConnectOptions of(
            Target target,
            Endpoint endpoint,
            String database,
            TargetConfig config,
            Duration timeout) {
        var options =
                new PgConnectOptions()
                        .setHost(endpoint.host())
                        .setPort(endpoint.port())
                        .setUser(StartupName.require("username", target.username()))
                        .setPassword(target.password())
                        .setDatabase(StartupName.require("database", database));
        options.setConnectTimeout((int) config.connectTimeout().toMillis());
        options.setTcpKeepAlive(true);
        options.addProperty("application_name", "drawbridge");
        // One of the driver's own, and the only one of them that poolers do not know.
        options.getProperties().remove("extra_float_digits");
        if (endpoint.mode().keepsSettings()) {
            options.addProperty("default_transaction_read_only", "on");
            Bounds.of(config, timeout).forEach(options::addProperty);
        }
        protect(options, target.tls());
        return options;
    }

    private static void protect(PgConnectOptions options, Tls tls) {
        options.setSslMode(
                switch (tls.mode()) {
                    case DISABLE -> SslMode.DISABLE;
                    case REQUIRE -> SslMode.REQUIRE;
                    case VERIFY_CA -> SslMode.VERIFY_CA;
                    case VERIFY_FULL -> SslMode.VERIFY_FULL;
                });
        switch (tls.mode()) {
            case DISABLE -> {}
            case REQUIRE -> options.setTrustAll(true);
            case VERIFY_CA, VERIFY_FULL -> options.setTrustOptions(trust(tls));
        }
        if (tls.mode() == TlsMode.VERIFY_FULL) {
            options.setHostnameVerificationAlgorithm("HTTPS");
        }
        ClientCertificate client = tls.client();
        if (client != null) {
            options.setKeyCertOptions(
                    new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(client.chain()))
                            .addKeyValue(Buffer.buffer(client.key())));
        }
    }

    private static TrustOptions trust(Tls tls) {
        String authority = tls.authority();
        if (authority != null) {
            return new PemTrustOptions().addCertValue(Buffer.buffer(authority));
        }
        try {
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return TrustOptions.wrap(factory.getTrustManagers()[0]);
        } catch (java.security.GeneralSecurityException noTrustStore) {
            throw new IllegalStateException(noTrustStore);
        }
    }
}
