package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.target.CatalogFile;
import dev.drawbridge.gateway.target.SigningKey;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a target needs to verify who asks: the functions, and exactly the keys that its connection
/// has. Holds the keys.
///
/// @param statements in the order in which they run, in one transaction
record RlsScript(List<String> statements) {
    private static final String TEMPLATE = CatalogFile.read("install-rls");
    private static final String MARK = "-- statement\n";

    /// @param login that the connection's sessions have on the server
    /// @param keys of one connection, at least one
    static RlsScript of(String login, List<SigningKey> keys) {
        Stream<String> functions =
                Stream.of(TEMPLATE.split(MARK))
                        .map(statement ->
                                statement
                                        .strip()
                                        .replace("${login}", literal(login))
                                        .replace("${role}", identifier(login)));
        return new RlsScript(
                Stream.concat(functions, Stream.of(others(keys), insert(login, keys))).toList());
    }

    /// For psql.
    String text() {
        return statements.getFirst()
                + "\nbegin;\n"
                + statements.stream().skip(1).collect(Collectors.joining(";\n\n"))
                + ";\n\ncommit;\n";
    }

    /// Without the comment that it begins with.
    List<String> runnable() {
        return statements.subList(1, statements.size());
    }

    private static String others(List<SigningKey> keys) {
        return "delete from drawbridge.key where connection = %s and id not in (%s)"
                .formatted(
                        literal(keys.getFirst().connection().toString()),
                        keys.stream()
                                .map(key -> literal(key.id()))
                                .collect(Collectors.joining(", ")));
    }

    private static String insert(String login, List<SigningKey> keys) {
        return keys.stream()
                .map(key ->
                        "(%s, %s, %s, %s, %s)"
                                .formatted(
                                        literal(key.id()),
                                        literal(key.connection().toString()),
                                        literal(login),
                                        bytes(key.innerPad()),
                                        bytes(key.outerPad())))
                .collect(
                        Collectors.joining(
                                ",\n       ",
                                "insert into drawbridge.key"
                                        + " (id, connection, login, inner_pad, outer_pad)\nvalues ",
                                "\n    on conflict (id) do update set login = excluded.login"));
    }

    /// Whatever standard_conforming_strings says.
    private static String bytes(byte[] pad) {
        return "decode('" + HexFormat.of().formatHex(pad) + "', 'hex')";
    }

    private static String literal(String text) {
        return (text.indexOf('\\') < 0 ? "'" : "E'")
                + text.replace("\\", "\\\\").replace("'", "''")
                + "'";
    }

    private static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// Never the keys.
    @Override
    public String toString() {
        return "script of " + statements.size() + " statements";
    }
}
