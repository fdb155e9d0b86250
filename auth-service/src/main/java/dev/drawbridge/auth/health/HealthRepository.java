package dev.drawbridge.auth.health;

import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

/// The cheapest question that only a working datastore answers.
@Singleton
final class HealthRepository {
    private final Db db;

    HealthRepository(Db db) {
        this.db = db;
    }

    /// @throws dev.drawbridge.problem.ProblemException when there is no answer
    boolean answers() {
        return db.one(_ -> true, "select 1").isPresent();
    }
}
