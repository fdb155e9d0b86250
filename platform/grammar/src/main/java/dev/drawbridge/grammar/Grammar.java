package dev.drawbridge.grammar;

import com.dylibso.chicory.wasm.ChicoryException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The grammar of PostgreSQL 18: its own parser, compiled to WebAssembly and from there to Java.
/// For any number of threads; so many parse at once, and each of those costs 2 MB.
public final class Grammar {
    private static final int DEEPEST = 10_000;
    private static final long MOST_MEMORY = 16_000_000;

    /// What PostgreSQL's scanner reads from the beginning again for each of its parts, so that its
    /// time grows with the square of the length; lines of one character that set off a comment are
    /// none.
    private static final Pattern OPERATORS = Pattern.compile("[-~!@#^&|`?+*/%<>=]{257,}+");

    private static final Pattern LINE =
            Pattern.compile("(?:--|/\\*)?([-~!@#^&|`?*%<>=])\\1*+\\*?/?");
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .build())
                    .build();

    private final BlockingQueue<ParserInstance> idle;
    private final Semaphore places;

    /// @param atOnce how many texts are parsed at a time
    public Grammar(int atOnce) {
        idle = new ArrayBlockingQueue<>(atOnce);
        places = new Semaphore(atOnce);
    }

    /// Reads a text, which may hold any number of statements. Waits while as many as may are being
    /// read.
    ///
    /// @throws SyntaxException for what PostgreSQL does not read: errors of syntax, NUL, half of a
    ///   surrogate pair, what is nested too deeply; and for hundreds of operators in a row
    public ParseTree parse(String sql) {
        requireShortOperators(sql);
        byte[] text = utf(sql);
        String json = json(text);
        try {
            return new ParseTree(JSON.readTree(json).path("stmts"), text);
        } catch (StreamConstraintsException deep) {
            throw tooDeep();
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException("The tree of a statement cannot be read.", unreadable);
        }
    }

    private String json(byte[] text) {
        places.acquireUninterruptibly();
        try {
            ParserInstance parser = idle.poll();
            ParserInstance used = parser == null ? new ParserInstance() : parser;
            try {
                String json = used.parse(text);
                giveBack(used);
                return json;
            } catch (SyntaxException refused) {
                giveBack(used);
                throw refused;
            } catch (ChicoryException broken) {
                throw broken.getCause() instanceof StackOverflowError ? tooDeep() : broken;
            }
        } finally {
            places.release();
        }
    }

    private static void requireShortOperators(String sql) {
        Matcher operators = OPERATORS.matcher(sql);
        while (operators.find()) {
            if (!LINE.matcher(operators.group()).matches()) {
                throw new SyntaxException(
                        "More than 256 characters of operators stand in a row.",
                        1 + sql.codePointCount(0, operators.start()));
            }
        }
    }

    private static SyntaxException tooDeep() {
        return new SyntaxException("The statement is nested too deeply.", 0);
    }

    /// Memory of a WebAssembly module never shrinks.
    private void giveBack(ParserInstance parser) {
        if (parser.memory() <= MOST_MEMORY) {
            idle.add(parser);
        }
    }

    private static byte[] utf(String sql) {
        int nul = sql.indexOf('\0');
        if (nul >= 0) {
            throw new SyntaxException(
                    "A statement may not hold the character U+0000.",
                    1 + sql.codePointCount(0, nul));
        }
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(sql));
            byte[] text = new byte[bytes.remaining()];
            bytes.get(text);
            return text;
        } catch (CharacterCodingException _) {
            throw new SyntaxException("A statement may not hold half of a surrogate pair.", 0);
        }
    }
}
