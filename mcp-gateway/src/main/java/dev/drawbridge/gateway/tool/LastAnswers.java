package dev.drawbridge.gateway.tool;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.drawbridge.gateway.cache.CacheConfig;
import dev.drawbridge.gateway.target.Kept;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.identity.Revocations;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// What a database last said of its schema, for each who asked, for as long as it cannot be reached
/// and cannot say it again. Whoever asks has been judged before. While the database answers,
/// nothing is taken from here.
@Singleton
public final class LastAnswers {
    private final Cache<Key, Entry> kept;

    LastAnswers(CacheConfig config) {
        this.kept =
                Caffeine.newBuilder()
                        .maximumWeight(config.schemaBytes().asLongValue())
                        .weigher(LastAnswers::size)
                        .expireAfterWrite(config.schemaFor())
                        .executor(Runnable::run)
                        .build();
    }

    /// An answer in its two forms.
    ///
    /// @param json null if it has only one
    /// @param rows how many there are
    /// @param kept how old it is; null for one of now
    public record Answer(String text, @Nullable String json, int rows, @Nullable Kept kept) {
        /// One of now.
        public Answer(String text, @Nullable String json, int rows) {
            this(text, json, rows, null);
        }

        /// As a tool gives it back.
        public ToolAnswer toTool() {
            var now = new ToolAnswer(text, List.of(), json, rows, false);
            return kept == null
                    ? now
                    : new ToolAnswer(text + kept.note(), List.of(), json, rows, false)
                            .withMeta(kept.meta());
        }

        private Answer old(Duration age) {
            return new Answer(text, json, rows, new Kept(true, age, true));
        }
    }

    /// All that could make a difference. With other rights a caller is another one.
    ///
    /// @param question what was asked, in a text of its own
    private record Key(
            Caller caller,
            String context,
            UUID connection,
            long version,
            String database,
            String username,
            @Nullable UUID login,
            String question) {}

    /// @param at when it was said, by `System.nanoTime`
    private record Entry(Answer answer, long at) {}

    void start(@Observes StartupEvent event, Revocations revocations) {
        revocations.hear(this::forget);
    }

    /// The answer of now; or the last one, marked as stale, when the database cannot be reached.
    public Future<Answer> or(Databases.Database database, String question, Future<Answer> now) {
        Key key = key(database, question);
        return now.onSuccess(answer -> kept.put(key, new Entry(answer, System.nanoTime())))
                .recover(failure -> last(key, failure));
    }

    private static Key key(Databases.Database database, String question) {
        var asked = database.asked();
        RowContext who = database.who();
        return new Key(
                asked.caller(),
                who.description(),
                asked.target().connection(),
                asked.target().version(),
                database.name(),
                asked.target().username(),
                asked.target().login(),
                question);
    }

    private Future<Answer> last(Key key, Throwable failure) {
        Entry last = Reads.isAway(failure) ? kept.getIfPresent(key) : null;
        return last == null
                ? Future.failedFuture(failure)
                : Future.succeededFuture(
                        last.answer().old(Duration.ofNanos(System.nanoTime() - last.at())));
    }

    private void forget(Revocation revocation) {
        kept.asMap().keySet().removeIf(key -> revocation.concerns(key.caller()));
    }

    private static int size(Key key, Entry entry) {
        String json = entry.answer().json();
        long characters =
                512L
                        + key.context().length()
                        + key.question().length()
                        + entry.answer().text().length()
                        + (json == null ? 0 : json.length());
        return (int) Math.min(Integer.MAX_VALUE, 2 * characters);
    }
}
