package dev.drawbridge.local.postgres;

import dev.drawbridge.local.home.Password;

import org.postgresql.Driver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A PostgreSQL server and the role that sets things up there.
public record Server(String host, int port, String user, Password password, Tls tls) {
    private static final String CONNECT_TIMEOUT_S = "10";

    /// libpq's words for how the server's identity is checked, and the certificates it needs (""
    /// for those of the system).
    public record Tls(String mode, String rootCertificate) {
        public static final Tls NONE = new Tls("disable", "");
    }

    /// A connection as this server's role.
    public Connection connect(String database) throws SQLException {
        return connect(database, user, password);
    }

    public Connection connect(String database, String as, Password with) throws SQLException {
        // The driver's own log would show host and user for each attempt while a server starts.
        Logger.getLogger("org.postgresql").setLevel(Level.OFF);
        var properties = new Properties();
        properties.setProperty("user", as);
        properties.setProperty("password", with.reveal());
        properties.setProperty("sslmode", tls.mode());
        if (!tls.rootCertificate().isEmpty()) {
            properties.setProperty("sslrootcert", tls.rootCertificate());
        }
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_S);
        properties.setProperty("loginTimeout", CONNECT_TIMEOUT_S);
        properties.setProperty("ApplicationName", "drawbridge");
        var connection = new Driver().connect("jdbc:" + url(database), properties);
        if (connection == null) {
            throw new IllegalStateException("the driver does not know its own URL");
        }
        return connection;
    }

    /// For people and clients: without user and password.
    public String url(String database) {
        return "postgresql://" + authority() + "/" + database;
    }

    public String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
