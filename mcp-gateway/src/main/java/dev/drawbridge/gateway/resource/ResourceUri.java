package dev.drawbridge.gateway.resource;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Where a resource is: `pg://{connection}` and then `/info`, `/schema`, `/schema/{schema}` or
/// `/schema/{schema}/{table}`; of another database than the connection's own
/// `pg://{connection}/database/{database}` and then the same. Names are percent-encoded, so a slash
/// in one is no separator and no name is taken for a word of ours.
///
/// Its text is the one that grants are on: whatever else a URI says with other escapes, it means
/// this.
sealed interface ResourceUri {
    String SCHEME = "pg://";

    /// As long as an object of a grant may be.
    int LONGEST = 1_000;

    Place place();

    /// The same of another place.
    ResourceUri at(Place other);

    /// A database of a connection.
    ///
    /// @param database null for the connection's own
    record Place(UUID connection, @Nullable String database) {
        @Override
        public String toString() {
            return SCHEME
                    + connection
                    + (database == null ? "" : "/database/" + PercentEncoding.encode(database));
        }
    }

    /// The server, and what is in the database.
    record Info(Place place) implements ResourceUri {
        @Override
        public Info at(Place other) {
            return new Info(other);
        }

        @Override
        public String toString() {
            return place + "/info";
        }
    }

    /// The schemas of a database.
    record Schemas(Place place) implements ResourceUri {
        @Override
        public Schemas at(Place other) {
            return new Schemas(other);
        }

        @Override
        public String toString() {
            return place + "/schema";
        }
    }

    /// The tables and views of a schema.
    record Schema(Place place, String schema) implements ResourceUri {
        @Override
        public Schema at(Place other) {
            return new Schema(other, schema);
        }

        @Override
        public String toString() {
            return place + "/schema/" + PercentEncoding.encode(schema);
        }
    }

    /// One table or view.
    record Table(Place place, String schema, String table) implements ResourceUri {
        @Override
        public Table at(Place other) {
            return new Table(other, schema, table);
        }

        @Override
        public String toString() {
            return new Schema(place, schema) + "/" + PercentEncoding.encode(table);
        }
    }

    /// Reads a URI; empty for any other form.
    static Optional<ResourceUri> parse(String uri) {
        if (!uri.startsWith(SCHEME) || uri.length() > LONGEST) {
            return Optional.empty();
        }
        return PercentEncoding.segments(uri.substring(SCHEME.length()))
                .flatMap(all -> id(all.getFirst()).flatMap(id -> of(id, rest(all))));
    }

    private static Optional<ResourceUri> of(UUID connection, List<String> path) {
        return path.size() > 1 && path.getFirst().equals("database")
                ? within(new Place(connection, path.get(1)), path.subList(2, path.size()))
                : within(new Place(connection, null), path);
    }

    private static Optional<ResourceUri> within(Place place, List<String> path) {
        if (path.equals(List.of("info"))) {
            return Optional.of(new Info(place));
        }
        if (path.isEmpty() || !path.getFirst().equals("schema")) {
            return Optional.empty();
        }
        return switch (path.size()) {
            case 1 -> Optional.of(new Schemas(place));
            case 2 -> Optional.of(new Schema(place, path.get(1)));
            case 3 -> Optional.of(new Table(place, path.get(1), path.get(2)));
            default -> Optional.empty();
        };
    }

    private static List<String> rest(List<String> all) {
        return all.subList(1, all.size());
    }

    /// `UUID.fromString` takes short forms too, which are nobody's name for a connection.
    private static Optional<UUID> id(String text) {
        try {
            UUID id = UUID.fromString(text);
            return Optional.of(id).filter(known -> known.toString().equalsIgnoreCase(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
