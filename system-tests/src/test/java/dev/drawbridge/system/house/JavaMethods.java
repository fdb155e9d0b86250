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
import java.util.stream.Collectors;

import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// The methods of Java files, as the compiler reads them.
final class JavaMethods {
    private JavaMethods() {}

    /// @param lines from its first modifier or annotation to its closing brace, without those of
    ///   text blocks: SQL is not code to follow
    record Method(Source source, String name, int lines) {}

    /// All at once: starting the compiler takes longer than parsing.
    static List<Method> in(List<Source> sources) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var texts = sources.stream().map(Text::new).toList();
        var byUri = texts.stream().collect(Collectors.toMap(Text::toUri, text -> text.source));
        var task = (JavacTask) compiler.getTask(null, null, _ -> {}, null, null, texts);
        var found = new ArrayList<Method>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                var source = byUri.get(unit.getSourceFile().toUri());
                new Scanner(unit, Trees.instance(task), source, found).scan(unit, null);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return found;
    }

    private static final class Scanner extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final Source source;
        private final List<Method> found;

        private Scanner(CompilationUnitTree unit, Trees trees, Source source, List<Method> found) {
            this.unit = unit;
            this.trees = trees;
            this.source = source;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            var positions = trees.getSourcePositions();
            long end = positions.getEndPosition(unit, method);
            if (method.getBody() != null && end >= 0) {
                int first = line(positions.getStartPosition(unit, method));
                found.add(new Method(source, method.getName().toString(), code(first, line(end))));
            }
            return super.visitMethod(method, nothing);
        }

        private int line(long position) {
            return (int) unit.getLineMap().getLineNumber(position);
        }

        private int code(int first, int last) {
            int count = 0;
            boolean text = false;
            for (String line : source.lines().subList(first - 1, last)) {
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
        private final Source source;

        private Text(Source source) {
            super(URI.create("string:///" + source.path()), JavaFileObject.Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source.text();
        }
    }
}
