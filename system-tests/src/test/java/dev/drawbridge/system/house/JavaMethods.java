package dev.drawbridge.system.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;

import dev.drawbridge.system.house.SourceTree.Source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// The methods of a Java file, as the compiler reads it.
final class JavaMethods {
    private JavaMethods() {}

    /// @param lines from its first modifier or annotation to its closing brace, without those of
    ///   text blocks: SQL is not code to follow
    record Method(String name, int lines) {}

    static List<Method> in(Source source) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var task =
                (JavacTask)
                        compiler.getTask(
                                null, null, _ -> {}, null, null, List.of(new Text(source)));
        var found = new ArrayList<Method>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(unit, Trees.instance(task), source.lines(), found).scan(unit, null);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return found;
    }

    private static final class Scanner extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final List<String> lines;
        private final List<Method> found;

        private Scanner(
                CompilationUnitTree unit, Trees trees, List<String> lines, List<Method> found) {
            this.unit = unit;
            this.trees = trees;
            this.lines = lines;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            var positions = trees.getSourcePositions();
            long end = positions.getEndPosition(unit, method);
            if (method.getBody() != null && end >= 0) {
                int first = line(positions.getStartPosition(unit, method));
                found.add(new Method(method.getName().toString(), code(first, line(end))));
            }
            return super.visitMethod(method, nothing);
        }

        private int line(long position) {
            return (int) unit.getLineMap().getLineNumber(position);
        }

        private int code(int first, int last) {
            int count = 0;
            boolean text = false;
            for (String line : lines.subList(first - 1, last)) {
                if (!text) {
                    count++;
                }
                if (line.contains("\"\"\"")) {
                    text = !text;
                }
            }
            return count;
        }
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        private Text(Source source) {
            super(URI.create("string:///" + source.name()), JavaFileObject.Kind.SOURCE);
            this.text = source.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
