package dev.drawbridge.gateway.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.drawbridge.audit.StatementText;
import dev.drawbridge.gateway.sqlguard.LiteralFree;

import jakarta.inject.Singleton;

import java.util.Optional;

/// Literal-free texts and fingerprints of statements, remembered by the statement: agents repeat
/// themselves, and to scan and to hash costs more than to look up.
@Singleton
public final class Statements {
    private static final int MOST_CHARACTERS = 8_000_000;

    private final Cache<String, Optional<StatementText>> known =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_CHARACTERS)
                    .weigher((String sql, Optional<StatementText> text) -> 64 + sql.length())
                    .build();

    /// Empty for what cannot be scanned, and so cannot be recorded without its literals.
    public Optional<StatementText> of(String sql) {
        return known.get(sql, text -> LiteralFree.of(text).map(StatementText::of));
    }
}
