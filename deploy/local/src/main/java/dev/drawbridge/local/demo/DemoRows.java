package dev.drawbridge.local.demo;

import dev.drawbridge.local.postgres.Scripts;

import org.postgresql.PGConnection;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/// What is loaded into the demo database: scripts for what follows from row numbers, a catalogue of
/// products, and their embeddings. The version is a hash of all of it.
final class DemoRows {
    static final List<String> TABLES =
            List.of(
                    "stores",
                    "products",
                    "product_embeddings",
                    "customers",
                    "orders",
                    "order_items");

    private static final int DIMENSIONS = 384;
    private static final String CATALOGUE = "/demo/products.tsv";
    private static final String EMBEDDINGS = "/demo/product_embeddings.f32";
    private static final String SCHEMA = "/demo/schema.sql";

    /// Run in this order once the schema, the products and their embeddings are there.
    private static final List<String> SCRIPTS =
            List.of(
                    "/demo/load.sql",
                    "/demo/keys.sql",
                    "/demo/policies.sql",
                    "/demo/comments.sql",
                    "/demo/agent.sql");

    private DemoRows() {}

    /// Replaces what is there, inside the caller's transaction.
    static void load(Connection connection) throws SQLException {
        Scripts.run(connection, "set local client_min_messages = warning");
        Scripts.run(connection, "set local timezone = 'UTC'");
        Scripts.run(connection, "drop schema if exists retail cascade");
        Scripts.run(connection, Scripts.text(SCHEMA));
        copy(
                connection,
                "copy retail.products from stdin with (format text, header true)",
                new StringReader(Scripts.text(CATALOGUE)));
        copy(
                connection,
                "copy retail.product_embeddings from stdin",
                new StringReader(embeddings()));
        for (String script : SCRIPTS) {
            Scripts.run(connection, Scripts.text(script));
        }
        Scripts.run(connection, "comment on database retail is '" + comment() + "'");
    }

    static String comment() {
        return "Drawbridge demo: a retail company (data " + version() + ")";
    }

    private static String version() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(Scripts.bytes(SCHEMA));
            digest.update(Scripts.bytes(CATALOGUE));
            digest.update(Scripts.bytes(EMBEDDINGS));
            SCRIPTS.forEach(script -> digest.update(Scripts.bytes(script)));
            return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static void copy(Connection connection, String statement, Reader rows)
            throws SQLException {
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement, rows);
        } catch (IOException failure) {
            throw new SQLException("the rows cannot be sent", failure);
        }
    }

    /// Little-endian floats, [#DIMENSIONS] a product, in the order of the catalogue, as rows for
    /// COPY.
    private static String embeddings() {
        var floats =
                ByteBuffer.wrap(Scripts.bytes(EMBEDDINGS))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
        var rows = new StringBuilder();
        for (int product = 1; floats.hasRemaining(); product++) {
            rows.append(product).append("\t{").append(floats.get());
            for (int i = 1; i < DIMENSIONS; i++) {
                rows.append(',').append(floats.get());
            }
            rows.append("}\n");
        }
        return rows.toString();
    }
}
