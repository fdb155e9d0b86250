package dev.drawbridge.system.access;

import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Suite;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A credential for each who asks. Sessions, because some things take nothing less; each is renewed
/// when an operation has ended it.
final class Credentials {
    private static final String TENANT = "stranger";

    private final AuthApi api;
    private final Map<Asker, String> known = new EnumMap<>(Asker.class);
    private final Map<Asker, AuthApi.Person> people = new EnumMap<>(Asker.class);
    private final String scoped;

    Credentials(Suite suite) {
        this.api = new AuthApi(suite);
        String admin = api.admin();
        people.put(Asker.GUEST, api.createPerson(admin, Map.of()));
        person(admin, Asker.READER, "*", "read");
        person(admin, Asker.WRITER, "*", "write");
        person(admin, Asker.DELEGATE, "admin:users", "admin");
        person(admin, Asker.ADMIN, "*", "admin");
        people.put(Asker.STRANGER, stranger(suite, admin));
        var scope = Map.of("object", "tool:list_connections", "level", "read");
        this.scoped = api.createToken(admin, Map.of("scopes", List.of(scope))).text();
    }

    /// The credential of somebody who has one.
    String of(Asker asker) {
        return asker == Asker.SCOPED ? scoped : known.computeIfAbsent(asker, this::login);
    }

    /// One that nothing else is asked with.
    String another(Asker asker) {
        return login(asker);
    }

    /// Who asks, as a user.
    String id(Asker asker) {
        return people.get(asker).id();
    }

    /// Signs in anew next time.
    void renew(Asker asker) {
        known.remove(asker);
    }

    private String login(Asker asker) {
        var person = people.get(asker);
        return asker == Asker.STRANGER
                ? api.login(TENANT, person.username(), person.password())
                : api.login(person.username(), person.password());
    }

    private void person(String admin, Asker asker, String object, String level) {
        var person = api.createPerson(admin, Map.of());
        api.allow(admin, person, List.of(object), level);
        people.put(asker, person);
    }

    /// Nothing makes tenants over REST yet, so the datastore is told: a superuser with the password
    /// of somebody here.
    private AuthApi.Person stranger(Suite suite, String admin) {
        var person = api.createPerson(admin, Map.of());
        var datastore = suite.datastore();
        datastore.change("insert into auth.tenant (id) values (?) on conflict do nothing", TENANT);
        datastore.change(
                """
                insert into auth.users
                       (tenant_id, id, username, username_key, password_hash, superuser)
                select ?, ?, username, username_key, password_hash, true
                  from auth.users
                 where id = ?
                """,
                TENANT,
                UUID.randomUUID(),
                UUID.fromString(person.id()));
        return person;
    }
}
