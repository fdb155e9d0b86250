package dev.drawbridge.gateway.audit;

import dev.drawbridge.audit.Entry;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.AsyncResult;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

/// A call of a tool, as it is recorded. Never a value of it: of its SQL the text without literals
/// is kept, of its other arguments nothing.
///
/// @param client the numeric address that it came from
/// @param arguments as they were sent, of any type
/// @param reach filled while the call runs
public record ToolCallRecord(
        Caller caller, @Nullable String client, String tool, JsonObject arguments, Reach reach) {

    private static final int LONGEST_NAME = 128;

    /// A name that no tool has may be anything.
    public ToolCallRecord {
        tool = tool.length() > LONGEST_NAME ? tool.substring(0, LONGEST_NAME) : tool;
    }

    /// What came of it.
    ///
    /// @param outcome `OK` or the code of the problem
    /// @param bytes of the structured answer, before compression
    /// @param started `System.nanoTime()` at its beginning
    public record Outcome(String outcome, int rows, int bytes, long started) {
        private static final int NANOS_PER_MICRO = 1_000;

        /// What came of a read that answers with a text.
        public static Outcome of(AsyncResult<String> text, long started) {
            return text.succeeded()
                    ? new Outcome(Entry.OK, 0, text.result().length(), started)
                    : new Outcome(code(text.cause()), 0, 0, started);
        }

        private static String code(Throwable failure) {
            return failure instanceof ProblemException known
                    ? known.problem().code()
                    : new Problem.Internal("").code();
        }

        Entry.Measure measure() {
            long took = (System.nanoTime() - started) / NANOS_PER_MICRO;
            return new Entry.Measure(rows, bytes, (int) Math.min(Integer.MAX_VALUE, took));
        }
    }

    /// The statement that it names; null without one.
    @Nullable String sql() {
        return arguments.getValue("sql") instanceof String text ? text : null;
    }
}
