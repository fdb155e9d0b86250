package dev.drawbridge.auth.audit;

import dev.drawbridge.auth.name.Tenant;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Reads records of all services as one list, newest first. Records are only indexed by ranges of
/// time, so it goes back in stretches: an hour, four hours, at most a day at a time.
@Singleton
final class AuditLog {
    private static final Duration FIRST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int GROWTH = 4;

    /// After so long a page is answered with what was found, and a cursor to go on with.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// Clocks of services and of the datastore differ.
    private static final Duration SKEW = Duration.ofDays(1);

    private static final Comparator<AuditCursor> OLDER =
            Comparator.comparing(AuditCursor::at)
                    .thenComparing(AuditCursor::source)
                    .thenComparing(AuditCursor::chain)
                    .thenComparing(AuditCursor::seq)
                    .reversed();

    private final AuditLogRepository repository;

    AuditLog(AuditLogRepository repository) {
        this.repository = repository;
    }

    /// A part of the list.
    ///
    /// @param next where it goes on; null at its end
    record Part(List<RecordedEvent> events, @Nullable AuditCursor next) {}

    /// The next part: of the caller's tenant, and for who holds everything among the operators also
    /// of none.
    Part read(Caller reader, AuditFilter filter, @Nullable AuditCursor cursor, int limit) {
        List<Integer> sources = repository.sources();
        AuditCursor before = start(filter.to(), cursor);
        Instant oldest =
                repository.beginning(sources).map(first -> first.minus(SKEW)).orElse(before.at());
        Instant from = filter.from();
        Instant begin = from == null || from.isBefore(oldest) ? oldest : from;
        Instant deadline = Instant.now().plus(PATIENCE);
        List<AuditLogRepository.Found> found = new ArrayList<>();
        Duration width = FIRST;
        while (found.size() <= limit && before.at().isAfter(begin)) {
            if (Instant.now().isAfter(deadline)) {
                return part(found, before);
            }
            Instant since =
                    before.at().minus(width).isAfter(begin) ? before.at().minus(width) : begin;
            var stretch =
                    new AuditLogRepository.Stretch(
                            reader.tenant(),
                            isOperator(reader),
                            since,
                            before,
                            limit + 1 - found.size());
            sources.stream()
                    .flatMap(source -> repository.list(source, stretch, filter).stream())
                    .sorted(Comparator.comparing(AuditLogRepository.Found::place, OLDER))
                    .limit(stretch.limit())
                    .forEach(found::add);
            before = AuditCursor.before(since);
            width =
                    width.multipliedBy(GROWTH).compareTo(LONGEST) > 0
                            ? LONGEST
                            : width.multipliedBy(GROWTH);
        }
        return found.size() <= limit
                ? part(found, null)
                : part(found.subList(0, limit), found.get(limit - 1).place());
    }

    /// Where a page begins: not in what is to come, which holds nothing and would be gone through
    /// day by day.
    private static AuditCursor start(@Nullable Instant to, @Nullable AuditCursor cursor) {
        Instant latest = Instant.now().plus(SKEW);
        if (cursor != null && cursor.at().isBefore(latest)) {
            return cursor;
        }
        return AuditCursor.before(to != null && to.isBefore(latest) ? to : latest);
    }

    private static Part part(List<AuditLogRepository.Found> found, @Nullable AuditCursor next) {
        return new Part(found.stream().map(AuditLogRepository.Found::event).toList(), next);
    }

    /// What belongs to no tenant is the operators' to see.
    private static boolean isOperator(Caller reader) {
        return reader.tenant().equals(Tenant.DEFAULT)
                && reader.superuser()
                && Authorization.may(reader, Level.READ, ProtectedObject.EVERYTHING);
    }
}
