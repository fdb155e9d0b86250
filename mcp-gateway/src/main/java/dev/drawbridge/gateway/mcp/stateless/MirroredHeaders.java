package dev.drawbridge.gateway.mcp.stateless;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Headers that repeat what the body says, so that a proxy can decide without reading it. They must
/// say the same, or a proxy would have decided over another request than the one that runs (MCP
/// 2026-07-28, Streamable HTTP, "Server Validation").
final class MirroredHeaders {
    private static final String METHOD = "Mcp-Method";
    private static final String NAME = "Mcp-Name";
    private static final String PARAM = "Mcp-Param-";
    private static final String MARK = "x-mcp-header";
    private static final String ENCODED = "=?base64?";
    private static final String END = "?=";

    /// Which parameter is repeated in [#NAME].
    private static final Map<String, String> NAMED =
            Map.of(
                    "tools/call", "name",
                    "prompts/get", "name",
                    "resources/read", "uri",
                    "tasks/get", "taskId",
                    "tasks/update", "taskId",
                    "tasks/cancel", "taskId");

    private MirroredHeaders() {}

    /// An argument of a tool that is mirrored.
    ///
    /// @param path of properties that lead to it
    record Mirrored(List<String> path, String header) {}

    /// The arguments that a tool's schema marks.
    static List<Mirrored> of(JsonObject schema) {
        List<Mirrored> found = new ArrayList<>();
        collect(schema, List.of(), found);
        return List.copyOf(found);
    }

    private static void collect(JsonObject schema, List<String> path, List<Mirrored> found) {
        if (!(schema.getValue("properties") instanceof JsonObject properties)) {
            return;
        }
        for (String name : properties.fieldNames()) {
            if (properties.getValue(name) instanceof JsonObject property) {
                List<String> here = new ArrayList<>(path);
                here.add(name);
                if (property.getValue(MARK) instanceof String header) {
                    found.add(new Mirrored(List.copyOf(here), PARAM + header));
                }
                collect(property, here, found);
            }
        }
    }

    /// Passes when the headers of every request say what its body says.
    ///
    /// @throws RpcException −32020
    static void check(MultiMap headers, Request request) {
        require(METHOD, headers.get(METHOD), request.method());
        String named = NAMED.get(request.method());
        if (named != null) {
            require(NAME, decoded(NAME, headers.get(NAME)), request.text(named));
        }
    }

    /// Those of which there is a header: a client that is not shown a tool cannot know what its
    /// schema marks, and sends none.
    static List<Mirrored> sent(MultiMap headers, List<Mirrored> mirrored) {
        return mirrored.stream().filter(one -> headers.contains(one.header())).toList();
    }

    /// Passes when the headers say what the arguments say.
    ///
    /// @throws RpcException −32020
    static void check(MultiMap headers, List<Mirrored> mirrored, JsonObject arguments) {
        for (Mirrored one : mirrored) {
            String header = decoded(one.header(), headers.get(one.header()));
            Object value = at(arguments, one.path());
            boolean same =
                    switch (value) {
                        case null -> header == null;
                        case Number number -> header != null && isNumber(header, number);
                        default -> String.valueOf(value).equals(header);
                    };
            if (!same) {
                throw RpcException.headerMismatch(
                        one.header(),
                        header == null
                                ? "is missing"
                                : "does not repeat the argument " + String.join(".", one.path()));
            }
        }
    }

    private static void require(String name, @Nullable String header, String said) {
        if (!said.equals(header)) {
            throw RpcException.headerMismatch(
                    name, header == null ? "is missing" : "is another than in the body");
        }
    }

    private static @Nullable Object at(JsonObject arguments, List<String> path) {
        Object value = arguments;
        for (String name : path) {
            value = value instanceof JsonObject object ? object.getValue(name) : null;
        }
        return value;
    }

    /// 42.0 repeats 42.
    private static boolean isNumber(String header, Number number) {
        try {
            return new BigDecimal(header).compareTo(new BigDecimal(number.toString())) == 0;
        } catch (NumberFormatException other) {
            return false;
        }
    }

    private static @Nullable String decoded(String name, @Nullable String header) {
        if (header == null) {
            return null;
        }
        if (!header.startsWith(ENCODED) || !header.endsWith(END)) {
            if (!header.chars().allMatch(MirroredHeaders::isPlain)) {
                throw RpcException.headerMismatch(name, "holds what a header cannot");
            }
            return header;
        }
        try {
            String inner = header.substring(ENCODED.length(), header.length() - END.length());
            if (inner.length() % 4 != 0) {
                throw RpcException.headerMismatch(name, "is no base64");
            }
            byte[] bytes = Base64.getDecoder().decode(inner);
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | CharacterCodingException e) {
            throw RpcException.headerMismatch(name, "is no base64 of UTF-8");
        }
    }

    private static boolean isPlain(int character) {
        return (character >= ' ' && character <= '~') || character == '\t';
    }
}
