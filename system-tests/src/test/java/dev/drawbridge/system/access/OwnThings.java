package dev.drawbridge.system.access;

import dev.drawbridge.system.suite.Suite;

/// The least that a tool, a resource and a prompt of one's own can be.
final class OwnThings {
    private OwnThings() {}

    /// What to define.
    ///
    /// @param path of it
    static String definition(Suite suite, String path) {
        String name = name(path);
        String rest =
                switch (path.replaceFirst(".*/mcp/(\\w+)/.*", "$1")) {
                    case "tools" ->
                            "\"connection\": \"%s\", \"sql\": \"select 1\""
                                    .formatted(suite.connection());
                    case "resources" -> "\"uri\": \"own://%s\", \"text\": \"One.\"".formatted(name);
                    default -> "\"text\": \"One.\"";
                };
        return "{\"name\": \"%s\", \"description\": \"One.\", %s}".formatted(name, rest);
    }

    /// The name at the end of a path.
    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
