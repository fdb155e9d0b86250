package dev.drawbridge.auth.signon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.auth.TestTenant;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.awaitility.Awaitility;

import java.util.List;

/// What the audit holds, oldest first.
final class Recorded {
    private Recorded() {}

    static List<String> actions(String object) {
        return all("object = ?", object).stream()
                .map(record -> record.getString("action"))
                .toList();
    }

    static JsonObject only(String action, String object) {
        List<JsonObject> found = records(action, object);
        assertThat(found).as(action + " " + object).hasSize(1);
        return found.getFirst();
    }

    static JsonObject awaited(String action, String object) {
        return Awaitility.await(action)
                .until(() -> records(action, object), found -> !found.isEmpty())
                .getFirst();
    }

    static List<JsonObject> records(String action, String object) {
        return all("action = ? and object = ?", action, object);
    }

    static List<JsonObject> all(String condition, Object... values) {
        return new JsonArray(
                        TestTenant.query(
                                "select coalesce(json_agg(v order by chain, seq), '[]')"
                                        + " from auth.audit_v1 v where "
                                        + condition,
                                values))
                .stream().map(JsonObject.class::cast).toList();
    }

    static JsonObject details(JsonObject record) {
        return new JsonObject(record.getString("details"));
    }
}
