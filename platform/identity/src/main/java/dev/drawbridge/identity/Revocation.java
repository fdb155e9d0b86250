package dev.drawbridge.identity;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// What auth-service announces when a credential, or what its owner may do, has changed. Travels as
/// a PostgreSQL notification.
///
/// @param credential the id of a session or token, or null
/// @param user the id of a user whose every credential is meant, or null; neither means everyone
public record Revocation(@Nullable UUID credential, @Nullable UUID user) {
    /// The notification channel in the datastore.
    public static final String CHANNEL = "drawbridge_revocation";

    public static Revocation ofCredential(UUID id) {
        return new Revocation(id, null);
    }

    public static Revocation ofUser(UUID id) {
        return new Revocation(null, id);
    }

    public static Revocation ofEveryone() {
        return new Revocation(null, null);
    }

    /// The notification's payload.
    public String payload() {
        var json = new JsonObject();
        if (credential != null) {
            json.put("credential", credential.toString());
        }
        if (user != null) {
            json.put("user", user.toString());
        }
        return json.encode();
    }

    /// Anything that cannot be read means everyone: rather one exchange too many.
    public static Revocation parse(String payload) {
        try {
            var json = new JsonObject(payload);
            return new Revocation(uuid(json, "credential"), uuid(json, "user"));
        } catch (DecodeException | IllegalArgumentException | ClassCastException unreadable) {
            return ofEveryone();
        }
    }

    /// Whether it is about the caller or the credential that it showed.
    public boolean concerns(Caller caller) {
        if (credential != null) {
            return credential.equals(caller.credential().id());
        }
        return user == null || user.equals(caller.id());
    }

    private static @Nullable UUID uuid(JsonObject json, String key) {
        String text = json.getString(key);
        return text == null ? null : UUID.fromString(text);
    }
}
