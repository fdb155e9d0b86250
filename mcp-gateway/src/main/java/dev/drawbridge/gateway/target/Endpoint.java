package dev.drawbridge.gateway.target;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/// One of the places where a connection's database can be reached. All of them have the same login,
/// the same TLS settings and, in the end, the same rows.
///
/// @param host a name, or an IPv4 or IPv6 address without brackets
/// @param port PostgreSQL's when it is not said
/// @param mode told from host and port when it is not said
/// @param region where it is, in the words of whoever operates it; null when nobody said
/// @param preparedStatements whether a dedicated pooler has in the next transaction what was
///   prepared in this one, as PgBouncer does from 1.21 on with `max_prepared_statements`
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Endpoint(
        String host,
        int port,
        PoolMode mode,
        Role role,
        @Nullable String region,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean preparedStatements) {
    public static final int DEFAULT_PORT = 5432;
    private static final int LAST_PORT = 65_535;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /// Checks what an administrator wrote.
    @JsonCreator
    public Endpoint {
        port = port == 0 ? DEFAULT_PORT : port;
        require("host", isHost(host), "must be one host name or address");
        require("port", isPort(port), "must be 1 to 65535");
        require(
                "region",
                region == null || REGION.matcher(region).matches(),
                "must be 1 to 63 letters, digits, dots, dashes or underscores");
        mode = mode == null ? PoolMode.of(host, port) : mode;
        role = role == null ? Role.PRIMARY : role;
        require(
                "preparedStatements",
                !preparedStatements || mode == PoolMode.DEDICATED,
                "is said of a dedicated pooler only; of all others it is known");
    }

    /// One where the mode says it all.
    public Endpoint(String host, int port, PoolMode mode, Role role, @Nullable String region) {
        this(host, port, mode, role, region, false);
    }

    /// What the server behind an endpoint is.
    public enum Role {
        /// The one that takes writes, or one that takes its place when it is gone.
        @JsonProperty("primary")
        PRIMARY,
        /// One that only reads, and may lag behind.
        @JsonProperty("replica")
        REPLICA
    }

    /// The same, spoken to as if that stood before it.
    public Endpoint in(PoolMode other) {
        return new Endpoint(host, port, other, role, region);
    }

    /// Whether a prepared statement is there in the next transaction.
    public boolean keepsStatements() {
        return mode.keepsStatements() || preparedStatements;
    }

    /// Whether both are the same place.
    public boolean isAt(Endpoint other) {
        return host.equalsIgnoreCase(other.host) && port == other.port;
    }

    /// Whether a text may be a host.
    public static boolean isHost(@Nullable String text) {
        return text != null && HOST.matcher(text).matches();
    }

    /// Whether a number may be a port.
    public static boolean isPort(int number) {
        return number >= 1 && number <= LAST_PORT;
    }

    private static void require(String field, boolean good, String otherwise) {
        if (!good) {
            throw new Problem.Invalid("endpoints." + field, otherwise).exception();
        }
    }
}
