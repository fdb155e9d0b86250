package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.testkit.TestVectors;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The demo's products with their embeddings, and notes that each owner sees the own ones of; as
/// arrays, and as pgvector's type where it can be had.
abstract class MeaningCase extends GatewayCase {
    static final int DIMENSIONS = 384;

    private static final Path DEMO = Path.of("../deploy/local/src/main/resources/demo");
    private static final String DATABASE = "meaning";

    private static String connection;
    private static boolean loaded;

    @AfterAll
    static void drop() {
        GatewayDatabases.postgres().run("drop database if exists meaning with (force)");
        loaded = false;
    }

    @BeforeEach
    void meanings() throws SQLException {
        if (!loaded) {
            load();
            loaded = true;
        }
        if (connection == null
                || admin().get("/api/v1/connections/" + connection).statusCode() != 200) {
            connection =
                    register(connection("meaning").put("database", DATABASE))
                            .statusCode(201)
                            .extract()
                            .path("id");
        }
        String[] grants = {"connection:" + connection, "read", "tool:*", "read"};
        TestCallers.know("reader", Map.of("owner", "reader"), grants);
        TestCallers.know("head", Map.of("owner", "all"), grants);
        TestCallers.know("nobody-of-notes", Map.of("owner", "none"), grants);
    }

    /// Aborts the test where there is no pgvector.
    static void requirePgvector() {
        TestVectors.obstacle().ifPresent(Assumptions::abort);
    }

    JsonObject search(String bearer, JsonObject arguments) {
        return call(
                bearer,
                "semantic_search",
                new JsonObject()
                        .put("connection_id", connection)
                        .put("schema", "shelf")
                        .mergeIn(arguments));
    }

    JsonObject found(JsonObject arguments) {
        return structured(search("reader", arguments));
    }

    /// Arguments of a search among the products.
    static JsonObject products(String query) {
        return new JsonObject().put("table", "product").put("query", query);
    }

    /// A column of all rows of an answer.
    static List<Object> column(JsonObject found, String name) {
        List<String> names =
                found.getJsonArray("columns").stream()
                        .map(column -> ((JsonObject) column).getString("name"))
                        .toList();
        return found.getJsonArray("rows").stream()
                .map(row -> ((JsonArray) row).getValue(names.indexOf(name)))
                .toList();
    }

    /// What the model makes of a text.
    List<Float> vector(String text) {
        JsonObject made =
                structured(
                        call("reader", "generate_embedding", new JsonObject().put("text", text)));
        return made.getJsonArray("vectors").getJsonArray(0).stream()
                .map(number -> ((Number) number).floatValue())
                .toList();
    }

    /// A row of a statement by hand, as the superuser.
    static List<Object> byHand(String sql) throws SQLException {
        try (var superuser = GatewayDatabases.postgres().connect(DATABASE);
                var statement = superuser.createStatement();
                var rows = statement.executeQuery(sql)) {
            List<Object> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getObject(1));
            }
            return values;
        }
    }

    /// The products that are nearest to a question, by hand.
    List<Object> nearest(String question, int limit) throws SQLException {
        return byHand(nearest(question, "true", limit));
    }

    /// The statement that finds them.
    String nearest(String question, String condition, int limit) {
        return """
        select p.id
          from shelf.product p
          join shelf.meaning m on m.product_id = p.id
         where %s
         order by (select sum(a * b) from unnest(m.embedding, array%s) u(a, b)) desc
         limit %d
        """
                .formatted(condition, vector(question), limit);
    }

    private static void load() throws SQLException {
        var postgres = GatewayDatabases.postgres();
        postgres.run("create database meaning");
        boolean vectors = TestVectors.obstacle().isEmpty();
        if (vectors) {
            TestVectors.install(postgres, DATABASE);
        }
        try (var superuser = postgres.connect(DATABASE);
                var statement = superuser.createStatement()) {
            statement.execute(TABLES);
            products(superuser);
            statement.execute(NOTES);
            if (vectors) {
                statement.execute(PGVECTOR);
            }
            statement.execute("grant select on all tables in schema shelf to agent");
            statement.execute("analyze");
        }
    }

    private static void products(Connection connection) throws SQLException {
        try (var product =
                        connection.prepareStatement(
                                "insert into shelf.product values (?, ?, ?, ?, ?::numeric)");
                var meaning =
                        connection.prepareStatement("insert into shelf.meaning values (?, ?)")) {
            List<String> lines = Files.readAllLines(DEMO.resolve("products.tsv"));
            FloatBuffer numbers =
                    ByteBuffer.wrap(Files.readAllBytes(DEMO.resolve("product_embeddings.f32")))
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asFloatBuffer();
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.split("\t", -1);
                product.setInt(1, Integer.parseInt(fields[0]));
                product.setString(2, fields[2]);
                product.setString(3, fields[4]);
                product.setString(4, fields[5]);
                product.setString(5, fields[6]);
                product.addBatch();
                Float[] vector = new Float[DIMENSIONS];
                for (int i = 0; i < DIMENSIONS; i++) {
                    vector[i] = numbers.get();
                }
                meaning.setInt(1, Integer.parseInt(fields[0]));
                meaning.setArray(2, connection.createArrayOf("float4", vector));
                meaning.addBatch();
            }
            product.executeBatch();
            meaning.executeBatch();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final String TABLES =
            """
            create schema shelf;
            grant usage on schema shelf to agent;
            create table shelf.product (
                id int primary key, category text, name text, description text, price numeric);
            create table shelf.meaning (
                product_id int primary key references shelf.product, embedding real[] not null);
            create view shelf.offer as
                select p.id, p.name, m.embedding
                  from shelf.product p join shelf.meaning m on m.product_id = p.id;
            create table shelf.plain (id int primary key, name text);
            create table shelf.two (id int primary key, first_vector real[], second_vector real[]);
            create table shelf.many (id int primary key, place real[]);
            insert into shelf.many select i, array[cos(i), sin(i)] from generate_series(1, 10005) i;
            """;

    /// Of every product, one for each of ten owners; the reader has one in ten.
    private static final String NOTES =
            """
            create table shelf.note (
                id int generated always as identity primary key, owner text, body text,
                embedding real[]);
            insert into shelf.note (owner, body, embedding)
            select case when o = 0 then 'reader' else 'owner ' || o end, p.name, m.embedding
              from shelf.product p join shelf.meaning m on m.product_id = p.id,
                   generate_series(0, 9) o;
            alter table shelf.note enable row level security;
            create policy own on shelf.note using (
                current_setting('app.owner', true) in (owner, 'all'));
            """;

    private static final String PGVECTOR =
            """
            alter table shelf.meaning add embedding_vector vector(384);
            update shelf.meaning set embedding_vector = embedding::vector(384);
            create index meaning_cosine on shelf.meaning
                using hnsw (embedding_vector vector_cosine_ops);
            alter table shelf.note add embedding_vector vector(384);
            update shelf.note set embedding_vector = embedding::vector(384);
            create index note_cosine on shelf.note
                using hnsw (embedding_vector vector_cosine_ops);
            alter table shelf.note add half halfvec(384);
            update shelf.note set half = embedding::vector::halfvec where id % 10 = 1;
            alter table shelf.many add spot vector(2);
            update shelf.many set spot = place::vector(2);
            create index many_cosine on shelf.many using hnsw (spot vector_cosine_ops);
            """;
}
