package dev.drawbridge.local.demo;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.home.JsonFile;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// What a client needs to try the suite. Its secrets are demo data, and are shown. Without the
/// services that know callers and connections there is only the database.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Demo(@Nullable String connection, String database, String dsn, List<Caller> callers) {

    /// A person of the demo, with an API token for clients.
    public record Caller(String name, String username, String password, String token) {}

    /// What an earlier `up` of this home made.
    public static Optional<Demo> known(Home home) {
        return JsonFile.read(home.demo(), Demo.class);
    }

    public void remember(Home home) {
        JsonFile.write(home.demo(), this);
    }

    public static Demo ofDatabase(DemoDatabase database) {
        return new Demo(null, DemoDatabase.NAME, database.dsn(), List.of());
    }
}
