package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.Bounds;
import dev.drawbridge.gateway.target.StartupName;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.gateway.target.TlsMode;

import io.vertx.core.buffer.Buffer;
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
    /// @param timeout of one statement
    static PgConnectOptions of(
            Target target, String database, TargetConfig config, Duration timeout) {
        var options =
                new PgConnectOptions()
                        .setHost(target.host())
                        .setPort(target.port())
                        .setUser(StartupName.require("username", target.username()))
                        .setPassword(target.password())
                        .setDatabase(StartupName.require("database", database));
        options.setConnectTimeout((int) config.connectTimeout().toMillis());
        options.setTcpKeepAlive(true);
        options.addProperty("application_name", "drawbridge");
        // One of the driver's own, and the only one of them that poolers do not know.
        options.getProperties().remove("extra_float_digits");
        if (target.mode().keepsSettings()) {
            options.addProperty("default_transaction_read_only", "on");
            Bounds.of(config, timeout).forEach(options::addProperty);
        }
        tls(options, target);
        return options;
    }

    private static void tls(PgConnectOptions options, Target target) {
        options.setSslMode(
                switch (target.tlsMode()) {
                    case DISABLE -> SslMode.DISABLE;
                    case REQUIRE -> SslMode.REQUIRE;
                    case VERIFY_CA -> SslMode.VERIFY_CA;
                    case VERIFY_FULL -> SslMode.VERIFY_FULL;
                });
        switch (target.tlsMode()) {
            case DISABLE -> {}
            case REQUIRE -> options.setTrustAll(true);
            case VERIFY_CA, VERIFY_FULL -> options.setTrustOptions(trust(target));
        }
        if (target.tlsMode() == TlsMode.VERIFY_FULL) {
            options.setHostnameVerificationAlgorithm("HTTPS");
        }
    }

    private static TrustOptions trust(Target target) {
        String ca = target.caCertificate();
        if (ca != null) {
            return new PemTrustOptions().addCertValue(Buffer.buffer(ca));
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
