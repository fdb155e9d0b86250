package dev.drawbridge.audit;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// Reads a whole audit for its proof, over JDBC, because who proves is no service. Records are
/// streamed; nothing of an audit's size is held.
final class ProofRepository {
    private static final int FETCH = 2_000;

    private final Connection connection;
    private final String schema;

    /// @param connection in a transaction of one snapshot, without autocommit
    ProofRepository(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /// A chain and its head; `hash` and `seal` as stored.
    @SuppressWarnings("ArrayRecordComponent") // Compared by their content where they are.
    record Chain(int id, long seq, byte[] hash, String seal) {}

    List<Chain> chains() throws SQLException {
        List<Chain> chains = new ArrayList<>();
        each(
                "select id, seq, hash, seal from @.audit_chain order by id",
                row -> chains.add(chain(row)));
        return chains;
    }

    List<Chain> checkpoints() throws SQLException {
        List<Chain> checkpoints = new ArrayList<>();
        each(
                "select chain as id, seq, hash, seal from @.audit_checkpoint order by chain, seq",
                row -> checkpoints.add(chain(row)));
        return checkpoints;
    }

    /// The details of all records of an action, with the chain and number of each.
    void details(String action, DetailsReader reader) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        sql(
                                """
                                select chain, seq, details
                                  from @.audit_record
                                 where action = ? and details is not null
                                """))) {
            statement.setFetchSize(FETCH);
            statement.setString(1, action);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    reader.read(row.getInt(1), row.getLong(2), row.getString(3));
                }
            }
        }
    }

    /// Takes one record's details.
    interface DetailsReader {
        void read(int chain, long seq, String details);
    }

    /// Addresses of contexts and statements whose content has another address.
    Set<UUID> changedBeside() throws SQLException {
        Set<UUID> changed = new HashSet<>();
        each(
                """
                select id, tenant, user_id, username, credential_type, credential_id, client,
                       connection, database, rls
                  from @.audit_context
                """,
                row -> {
                    var id = row.getObject("id", UUID.class);
                    if (!context(row).address().equals(id)) {
                        changed.add(id);
                    }
                });
        each(
                "select id, text from @.audit_statement",
                row -> {
                    var id = row.getObject("id", UUID.class);
                    if (!StatementText.addressOf(row.getString("text")).equals(id)) {
                        changed.add(id);
                    }
                });
        return changed;
    }

    /// A record as it is found.
    ///
    /// @param whole whether its context and its statement are there
    record Found(ChainedRecord record, boolean whole) {}

    /// All records, chain by chain, in the order of their numbers.
    void records(Consumer<Found> consumer) throws SQLException {
        each(
                """
                select r.chain, r.seq, r.at, r.context, r.action, r.object, r.outcome, r.trace,
                       r.statement, r.rows, r.bytes, r.duration_us, r.details, r.prev, r.hash,
                       c.id is not null and (r.statement is null or s.id is not null) as whole
                  from @.audit_record r
                  left join @.audit_context c
                    on c.month = date_trunc('month', r.at at time zone 'UTC')::date
                   and c.id = r.context
                  left join @.audit_statement s
                    on s.month = date_trunc('month', r.at at time zone 'UTC')::date
                   and s.id = r.statement
                 order by r.chain, r.seq, r.hash
                """,
                row -> consumer.accept(new Found(record(row), row.getBoolean("whole"))));
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void each(String sql, RowReader reader) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (var row = statement.executeQuery(sql(sql))) {
                while (row.next()) {
                    reader.read(row);
                }
            }
        }
    }

    private static Chain chain(ResultSet row) throws SQLException {
        return new Chain(
                row.getInt("id"), row.getLong("seq"), row.getBytes("hash"), row.getString("seal"));
    }

    private static Context context(ResultSet row) throws SQLException {
        return new Context(
                row.getString("tenant"),
                row.getObject("user_id", UUID.class),
                row.getString("username"),
                row.getString("credential_type"),
                row.getObject("credential_id", UUID.class),
                row.getString("client"),
                row.getObject("connection", UUID.class),
                row.getString("database"),
                row.getString("rls"));
    }

    private static ChainedRecord record(ResultSet row) throws SQLException {
        return new ChainedRecord(
                row.getInt("chain"),
                row.getLong("seq"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("context", UUID.class),
                row.getString("action"),
                row.getString("object"),
                row.getString("outcome"),
                row.getObject("trace", UUID.class),
                row.getObject("statement", UUID.class),
                integer(row, "rows"),
                integer(row, "bytes"),
                integer(row, "duration_us"),
                row.getString("details"),
                row.getBytes("prev"),
                row.getBytes("hash"));
    }

    private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    private String sql(String text) {
        return text.replace("@.", schema + ".");
    }
}
