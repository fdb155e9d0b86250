package dev.drawbridge.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.LinkedHashMap;
import java.util.Map;

/// Levels on objects: the sum of a caller's groups, or the scopes of a token.
///
/// @param levels by object, `none` left out
public record Grants(Map<ProtectedObject, Level> levels) {
    public static final Grants NOTHING = new Grants(Map.of());

    public Grants {
        levels = Map.copyOf(levels);
    }

    /// The highest level of any grant that covers the object.
    public Level on(ProtectedObject object) {
        Level highest = Level.NONE;
        for (var grant : levels.entrySet()) {
            if (grant.getValue().compareTo(highest) > 0 && grant.getKey().covers(object)) {
                highest = grant.getValue();
            }
        }
        return highest;
    }

    @JsonCreator
    static Grants parse(Map<String, Level> texts) {
        Map<ProtectedObject, Level> levels = new LinkedHashMap<>();
        texts.forEach((object, level) -> levels.put(ProtectedObject.parse(object), level));
        return new Grants(levels);
    }

    @JsonValue
    Map<String, Level> texts() {
        Map<String, Level> texts = new LinkedHashMap<>();
        levels.forEach((object, level) -> texts.put(object.toString(), level));
        return texts;
    }
}
