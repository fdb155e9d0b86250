package dev.drawbridge.sql;

import jakarta.inject.Singleton;

/// Makes known where a service stores secrets, so that they are sealed anew when the key rotates.
@Singleton
public final class SealedColumns {
    private final Db db;
    private final SecretBox secrets;

    SealedColumns(Db db, SecretBox secrets) {
        this.db = db;
        this.secrets = secrets;
    }

    /// A column of a table.
    ///
    /// @param table with its schema
    /// @param column what [SecretBox#seal] made, never null
    /// @param purpose SQL for what a row's secret is sealed for, such as `'signing-key:' || kid`
    public Resealable of(String table, String column, String purpose) {
        return new SealedColumn(db, secrets, table, column, purpose);
    }
}
