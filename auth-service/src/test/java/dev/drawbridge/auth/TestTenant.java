package dev.drawbridge.auth;

import at.favre.lib.crypto.bcrypt.BCrypt;

import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.OpaqueCredential;
import dev.drawbridge.sql.Db;
import dev.drawbridge.testkit.Secrets;

import org.eclipse.microprofile.config.ConfigProvider;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/// A tenant of a test's own, filled past the API, so that each test says only what it is about.
public final class TestTenant {
    public static final String PASSWORD = Secrets.ofThisRun().add("correct horse battery");
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Deque<Connection> IDLE = new ConcurrentLinkedDeque<>();
    private static final int CHEAP = 4;
    private static final String HASH =
            BCrypt.with(BCrypt.Version.VERSION_2B).hashToString(CHEAP, PASSWORD.toCharArray());

    private final String id;

    private TestTenant(String id) {
        this.id = id;
    }

    /// A user who is signed in.
    public record Person(UUID id, String tenant, String username, String session) {}

    public static TestTenant fresh() {
        var tenant = new TestTenant("t-" + COUNT.incrementAndGet());
        run("insert into auth.tenant (id) values (?)", tenant.id);
        return tenant;
    }

    /// One whose name is known beforehand; tests share it.
    public static TestTenant named(String id) {
        run("insert into auth.tenant (id) values (?) on conflict do nothing", id);
        return new TestTenant(id);
    }

    public String id() {
        return id;
    }

    public Person superuser(String username) {
        return person(username, true);
    }

    public Person person(String username) {
        return person(username, false);
    }

    /// A user who holds one level on one object.
    public Person holding(String username, String object, String level) {
        Person person = person(username);
        UUID group = group("of " + username);
        member(group, person);
        grant(group, object, level);
        return person;
    }

    private Person person(String username, boolean superuser) {
        UUID user = Db.newId();
        run(
                """
                insert into auth.users
                       (tenant_id, id, username, username_key, password_hash, superuser)
                values (?, ?, ?, ?, ?, ?)
                """,
                id,
                user,
                username,
                username,
                HASH,
                superuser);
        return new Person(user, id, username, session(user));
    }

    public String session(UUID user) {
        var secret = OpaqueCredential.generate(CredentialType.SESSION);
        run(
                """
                insert into auth.session (tenant_id, id, user_id, sha256, expires_at)
                values (?, ?, ?, ?, now() + interval '1 hour')
                """,
                id,
                Db.newId(),
                user,
                secret.sha256());
        return Secrets.ofThisRun().add(secret.text());
    }

    /// A token with any scopes, held by its owner or not.
    ///
    /// @param scopes a JSON array of `{object, level}`
    public String token(Person owner, String scopes) {
        var secret = OpaqueCredential.generate(CredentialType.API_TOKEN);
        run(
                """
                insert into auth.api_token (tenant_id, id, user_id, name, sha256, scopes)
                values (?, ?, ?, 't', ?, ?::jsonb)
                """,
                id,
                Db.newId(),
                owner.id(),
                secret.sha256(),
                scopes);
        return Secrets.ofThisRun().add(secret.text());
    }

    public UUID group(String name) {
        UUID group = Db.newId();
        run(
                "insert into auth.groups (tenant_id, id, name, name_key) values (?, ?, ?, ?)",
                id,
                group,
                name,
                name);
        return group;
    }

    public void member(UUID group, Person person) {
        run(
                "insert into auth.group_member (tenant_id, id, group_id, user_id) values (?, ?, ?, ?)",
                id,
                Db.newId(),
                group,
                person.id());
    }

    public void nest(UUID outer, UUID inner) {
        run(
                """
                insert into auth.group_member (tenant_id, id, group_id, member_group_id)
                values (?, ?, ?, ?)
                """,
                id,
                Db.newId(),
                outer,
                inner);
    }

    public UUID grant(UUID group, String object, String level) {
        UUID grant = Db.newId();
        run(
                "insert into auth.grants (tenant_id, id, group_id, object, level)"
                        + " values (?, ?, ?, ?, ?)",
                id,
                grant,
                group,
                object,
                level);
        return grant;
    }

    /// The datastore as its superuser.
    public static Connection connect() throws SQLException {
        String url =
                ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
        return DriverManager.getConnection(url, "postgres", "");
    }

    public static int run(String sql, Object... arguments) {
        return onIdle(sql, PreparedStatement::executeUpdate, arguments);
    }

    /// The first column of the first row as text; null for SQL's null.
    public static String query(String sql, Object... arguments) {
        return onIdle(
                sql,
                statement -> {
                    try (ResultSet rows = statement.executeQuery()) {
                        if (!rows.next()) {
                            throw new IllegalStateException("no row: " + sql);
                        }
                        return rows.getString(1);
                    }
                },
                arguments);
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    /// On a connection that nobody uses, which is kept when all went well: tests run thousands of
    /// statements, and PostgreSQL begins a process for each connection.
    private static <T> T onIdle(String sql, Work<T> work, Object... arguments) {
        try {
            var connection = idle();
            T result;
            try (var statement = prepare(connection, sql, arguments)) {
                result = work.on(statement);
            } catch (SQLException | RuntimeException failure) {
                connection.close();
                throw failure;
            }
            IDLE.push(connection);
            return result;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// One that the server has ended meanwhile is connected anew.
    private static Connection idle() throws SQLException {
        for (var kept = IDLE.poll(); kept != null; kept = IDLE.poll()) {
            if (kept.isValid(1)) {
                return kept;
            }
            kept.close();
        }
        return connect();
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }
}
