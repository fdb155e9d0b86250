package dev.drawbridge.system.house;

import dev.drawbridge.system.suite.Checkout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The files of the checkout that people write, without what is built or fetched.
final class SourceTree {
    private static final Set<String> FOREIGN = Set.of(".git", ".drawbridge", "node_modules");

    private SourceTree() {}

    /// Those whose names end so, with their paths from the root.
    static List<Source> endingWith(String... suffixes) {
        var found = new ArrayList<Source>();
        try {
            Files.walkFileTree(Checkout.root(), new Visitor(List.of(suffixes), found));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return found;
    }

    /// A file and its text.
    record Source(Path path, String text) {
        String name() {
            return path.getFileName().toString();
        }

        /// The name without what follows the first dot.
        String type() {
            return name().substring(0, name().indexOf('.'));
        }

        List<String> lines() {
            return text.lines().toList();
        }
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final List<String> suffixes;
        private final List<Source> found;

        private Visitor(List<String> suffixes, List<Source> found) {
            this.suffixes = suffixes;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean built = name.equals("target") && Files.exists(folder.resolveSibling("pom.xml"));
            return built || FOREIGN.contains(name)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            if (suffixes.stream().anyMatch(file.toString()::endsWith)) {
                found.add(new Source(Checkout.root().relativize(file), Files.readString(file)));
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
