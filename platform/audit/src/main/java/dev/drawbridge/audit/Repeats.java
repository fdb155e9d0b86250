package dev.drawbridge.audit;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Refusals that repeat themselves: of the same within a minute the first passes, the others are
/// counted. Else whoever sends garbage without pause would fill the audit; who sends other garbage
/// each time makes too many kinds at once, and what is more than that is counted together.
final class Repeats {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST = 2_000;

    private final Map<Kind, Count> counts = new ConcurrentHashMap<>();

    private record Kind(
            Context context,
            String action,
            @Nullable String object,
            String outcome,
            @Nullable String details) {}

    private record Count(Entry first, Entry last, int more) {}

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /// Whether there was none of its kind within the last minute.
    boolean isFirst(Entry refusal) {
        Entry counted = refusal;
        if (counts.size() >= MOST && !counts.containsKey(kind(refusal))) {
            counted = anyOther(refusal);
        }
        return count(counted) == 0;
    }

    private int count(Entry refusal) {
        return counts.merge(
                        kind(refusal),
                        new Count(refusal, refusal, 0),
                        (known, _) -> new Count(known.first(), refusal, known.more() + 1))
                .more();
    }

    private static Kind kind(Entry refusal) {
        return new Kind(
                refusal.context(),
                refusal.action(),
                refusal.object(),
                refusal.outcome(),
                refusal.details());
    }

    /// From anywhere, by anybody, of anything.
    private static Entry anyOther(Entry refusal) {
        return Entry.now(
                Context.stranger(null, null),
                refusal.action(),
                null,
                refusal.outcome(),
                refusal.trace());
    }

    /// Of those whose minute is over, one record that counts the others.
    List<Entry> due() {
        Instant begun = Instant.now().minus(WINDOW);
        return counts.entrySet().stream()
                .filter(kind -> kind.getValue().first().at().isBefore(begun))
                .flatMap(kind -> remove(kind.getKey()))
                .toList();
    }

    /// The same of all.
    List<Entry> end() {
        return List.copyOf(counts.keySet()).stream().flatMap(this::remove).toList();
    }

    private Stream<Entry> remove(Kind kind) {
        return Optional.ofNullable(counts.remove(kind))
                .filter(count -> count.more() > 0)
                .map(Repeats::summary)
                .stream();
    }

    private static Entry summary(Count count) {
        String details = count.last().details();
        String rest = details == null ? "}" : "," + details.substring(1);
        return count.last().with("{\"repeated\":" + count.more() + rest);
    }
}
