package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.problem.Problem;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/// Reads what stands inside an argument whose schema only says that it is a list: a schema that
/// said it all would cost every conversation more than the mistakes do that it finds, and its
/// messages say less.
///
/// @param json an object inside an argument
/// @param at where it stands, such as `filters.0`
record Arguments(JsonObject json, String at) {
    private static final int LONGEST_NAME = 63;

    /// An element of a list that has to be an object with no other fields than these.
    static Arguments of(@Nullable Object element, String at, String... fields) {
        if (!(element instanceof JsonObject object)) {
            throw invalid(at, "must be an object of " + String.join(", ", fields));
        }
        List<String> known = Arrays.asList(fields);
        for (String field : object.fieldNames()) {
            if (!known.contains(field)) {
                throw invalid(
                        at + "." + field,
                        "is not known here; there are " + String.join(", ", known));
            }
        }
        return new Arguments(object, at);
    }

    /// A name of something in a database.
    static String name(@Nullable Object value, String at) {
        if (!(value instanceof String name)
                || name.isEmpty()
                || name.length() > LONGEST_NAME
                || name.indexOf('\0') >= 0) {
            throw invalid(at, "must be a name of 1 to 63 characters");
        }
        return name;
    }

    static RuntimeException invalid(String at, String reason) {
        return new Problem.Invalid(at, reason).exception();
    }

    boolean has(String field) {
        return json.getValue(field) != null;
    }

    String at(String field) {
        return at + "." + field;
    }

    String name(String field) {
        return name(json.getValue(field), at(field));
    }

    @Nullable String optionalName(String field) {
        return has(field) ? name(field) : null;
    }

    String text(String field) {
        if (!(json.getValue(field) instanceof String text)) {
            throw invalid(at(field), "must be a text");
        }
        return text;
    }

    /// One of some words; the first if it is left out.
    String word(String field, String... words) {
        Object value = json.getValue(field, words[0]);
        if (!(value instanceof String word) || !List.of(words).contains(word)) {
            throw invalid(at(field), "must be one of " + String.join(", ", words));
        }
        return word;
    }

    int number(String field, int most, int otherwise) {
        Object value = json.getValue(field, otherwise);
        if (!(value instanceof Integer number) || number < 1 || number > most) {
            throw invalid(at(field), "must be a whole number from 1 to " + most);
        }
        return number;
    }

    boolean flag(String field) {
        Object value = json.getValue(field, false);
        if (!(value instanceof Boolean flag)) {
            throw invalid(at(field), "must be true or false");
        }
        return flag;
    }

    /// The elements of a list; none if it is left out.
    JsonArray list(String field, int most) {
        return list(json.getValue(field), at(field), most);
    }

    static JsonArray list(@Nullable Object value, String at, int most) {
        if (value == null) {
            return new JsonArray();
        }
        if (!(value instanceof JsonArray list)) {
            throw invalid(at, "must be a list");
        }
        if (list.size() > most) {
            throw invalid(at, "holds more than " + most);
        }
        return list;
    }
}
