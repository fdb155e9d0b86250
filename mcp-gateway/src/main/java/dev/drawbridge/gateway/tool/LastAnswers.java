package dev.drawbridge.gateway.tool;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.drawbridge.gateway.cache.CacheConfig;
import dev.drawbridge.gateway.cache.CacheRule;
import dev.drawbridge.gateway.cache.ResultCache;
import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.change.Changes;
import dev.drawbridge.gateway.target.Kept;
import dev.drawbridge.gateway.target.Target;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// What a database last said of its schema, for each login and role, in which all who have them see
/// the same. It serves while the schema is as it was, and while the database cannot be reached.
/// Whoever asks has been judged before.
@Singleton
public final class LastAnswers {
    private static final Duration LONGEST = Duration.ofSeconds(CacheRule.NONE.ttlSeconds());

    private final Cache<Key, Entry> kept;
    private final Catalog catalog;
    private final ResultCache results;
    private final AtomicLong noticed = new AtomicLong();

    LastAnswers(CacheConfig config, Catalog catalog, ResultCache results) {
        this.catalog = catalog;
        this.results = results;
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

        private Answer from(Duration age, boolean stale) {
            return new Answer(text, json, rows, new Kept(true, age, stale));
        }
    }

    /// All that could make a difference: who sees it, and what.
    ///
    /// @param question what was asked, in a text of its own
    private record Key(
            UUID connection,
            long version,
            String database,
            String username,
            @Nullable UUID login,
            @Nullable String role,
            String question) {}

    /// What is another one as soon as the schema may be.
    ///
    /// @param written through a gateway
    /// @param noticed by a watch
    /// @param version as the database says
    private record State(long written, long noticed, String version) {}

    /// @param at when it was said, by `System.nanoTime`
    /// @param state as it was before it was said; null where nobody asked
    private record Entry(Answer answer, long at, @Nullable State state) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - at);
        }

        boolean holds(State now) {
            return now.equals(state) && age().compareTo(LONGEST) < 0;
        }
    }

    /// A watch notices what the database does not count yet.
    void start(@Observes StartupEvent event, Changes changes) {
        changes.hear(change -> {
            if (change instanceof Change.Resource) {
                noticed.incrementAndGet();
            }
        });
    }

    /// The answer of now; or the last one, marked as stale, when the database cannot be reached.
    public Future<Answer> or(Databases.Database database, String question, Future<Answer> now) {
        Key key = key(database, question);
        return now.onSuccess(answer -> keep(key, answer, null))
                .recover(failure -> last(key, failure));
    }

    /// The last answer while it holds, else that of now; or the last one, marked as stale, when the
    /// database cannot be reached. How many rows there are may have been so five minutes ago.
    public Future<Answer> fresh(
            Databases.Database database, String question, Supplier<Future<Answer>> now) {
        Key key = key(database, question);
        long written = results.generation(database.asked().target(), database.name());
        long seen = noticed.get();
        return catalog.version(database)
                .compose(version -> {
                    State state = version.map(it -> new State(written, seen, it)).orElse(null);
                    Entry last = kept.getIfPresent(key);
                    return state != null && last != null && last.holds(state)
                            ? Future.succeededFuture(last.answer().from(last.age(), false))
                            : now.get().onSuccess(answer -> keep(key, answer, state));
                })
                .recover(failure -> last(key, failure));
    }

    private void keep(Key key, Answer answer, @Nullable State state) {
        kept.put(key, new Entry(answer, System.nanoTime(), state));
    }

    private static Key key(Databases.Database database, String question) {
        Target target = database.asked().target();
        return new Key(
                target.connection(),
                target.version(),
                database.name(),
                target.username(),
                target.login(),
                target.rls().role(),
                question);
    }

    private Future<Answer> last(Key key, Throwable failure) {
        Entry last = Reads.isAway(failure) ? kept.getIfPresent(key) : null;
        return last == null
                ? Future.failedFuture(failure)
                : Future.succeededFuture(last.answer().from(last.age(), true));
    }

    private static int size(Key key, Entry entry) {
        String json = entry.answer().json();
        long characters =
                512L
                        + key.question().length()
                        + entry.answer().text().length()
                        + (json == null ? 0 : json.length());
        return (int) Math.min(Integer.MAX_VALUE, 2 * characters);
    }
}
