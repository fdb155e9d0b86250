package dev.drawbridge.gateway.own;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import org.jboss.logging.Logger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Reads the YAML files of a folder and of those in it. A file or document that cannot be read is
/// logged, and the others go on.
final class OwnFiles {
    private static final Logger LOG = Logger.getLogger(OwnFiles.class);
    private static final Set<String> KINDS = Set.of("tool", "resource", "prompt");
    private static final int DEEPEST = 4;
    private static final int MOST_FILES = 2_000;
    private static final long LONGEST = 1_000_000;

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory())
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final Path folder;

    OwnFiles(Path folder) {
        this.folder = folder;
    }

    /// What changes whenever a file does.
    ///
    /// @throws UncheckedIOException when the folder cannot be read
    String fingerprint() {
        var files = new TreeMap<String, String>();
        for (Path file : files()) {
            files.put(name(file), stamp(file));
        }
        return files.toString();
    }

    /// What the files say, in the order of their names.
    List<OwnDocument> read() {
        List<OwnDocument> documents = new ArrayList<>();
        for (Path file : files()) {
            try {
                documents.addAll(read(file));
            } catch (IOException | OwnFileException unreadable) {
                LOG.warnf("%s is left out: %s", name(file), firstLine(unreadable));
            }
        }
        return documents;
    }

    private List<OwnDocument> read(Path file) throws IOException, OwnFileException {
        if (Files.size(file) > LONGEST) {
            throw new OwnFileException("it has more than %,d bytes".formatted(LONGEST));
        }
        List<OwnDocument> documents = new ArrayList<>();
        int number = 0;
        try (var all =
                YAML.readerFor(JsonNode.class).<JsonNode>readValues(Files.readString(file))) {
            while (all.hasNextValue()) {
                JsonNode next = all.nextValue();
                number++;
                if (!next.isNull()) {
                    documents.add(document(name(file) + "#" + number, next));
                }
            }
        }
        return documents;
    }

    private static OwnDocument document(String source, JsonNode node) throws OwnFileException {
        if (!(node instanceof ObjectNode body)) {
            throw new OwnFileException(source + " is no map of names and values");
        }
        JsonNode kind = body.remove("kind");
        JsonNode tenant = body.remove("tenant");
        if (kind == null || !KINDS.contains(kind.asText())) {
            throw new OwnFileException(source + " needs kind: tool, resource or prompt");
        }
        String owner = tenant == null ? "default" : tenant.asText();
        if (owner.isBlank() || owner.length() > OwnDocument.LONGEST_TENANT) {
            throw new OwnFileException(source + " has a tenant that is none");
        }
        return new OwnDocument(source, owner, kind.asText(), body);
    }

    /// What begins with a dot is somebody's who keeps the folder, such as Kubernetes.
    private List<Path> files() {
        try (Stream<Path> all =
                Files.find(
                        folder,
                        DEEPEST,
                        (path, about) -> Files.isRegularFile(path) && isOurs(path),
                        java.nio.file.FileVisitOption.FOLLOW_LINKS)) {
            return all.sorted().limit(MOST_FILES).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private boolean isOurs(Path path) {
        for (Path part : folder.relativize(path)) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        return path.toString().matches(".*\\.(ya?ml|json)");
    }

    private String name(Path file) {
        return folder.relativize(file).toString();
    }

    private static String stamp(Path file) {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            return changed + " " + Files.size(file);
        } catch (IOException gone) {
            return "gone";
        }
    }

    private static String firstLine(Exception failure) {
        String message =
                failure instanceof JsonProcessingException malformed
                        ? malformed.getOriginalMessage()
                        : String.valueOf(failure.getMessage());
        return message.lines().findFirst().orElse("");
    }

    private static final class OwnFileException extends Exception {
        private static final long serialVersionUID = 1L;

        OwnFileException(String message) {
            super(message);
        }
    }
}
