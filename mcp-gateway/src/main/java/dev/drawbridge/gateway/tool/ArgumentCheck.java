package dev.drawbridge.gateway.tool;

import dev.drawbridge.problem.Problem;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Validates the arguments of one tool against its schema, and says in the tool's own words which
/// argument is wrong.
final class ArgumentCheck {
    private static final JsonSchemaOptions OPTIONS =
            new JsonSchemaOptions()
                    .setBaseUri("urn:drawbridge:tool")
                    .setDraft(Draft.DRAFT202012)
                    .setOutputFormat(OutputFormat.Basic);

    private static final Set<String> COLLECTIVE =
            Set.of("properties", "items", "prefixItems", "allOf", "$ref");

    private static final String CLOSED = "additionalProperties";

    private final JsonObject schema;
    private final PlainArguments plain;
    private final Validator validator;
    private final Set<String> known;
    private final Set<String> neverNull;
    private final List<String> required;

    ArgumentCheck(JsonObject schema) {
        this.schema = schema;
        // A copy: the validator writes its own marks into the schema it is given.
        this.validator = Validator.create(JsonSchema.of(schema.copy()), OPTIONS);
        this.plain = new PlainArguments(schema.getJsonObject("properties"));
        this.known = new TreeSet<>(schema.getJsonObject("properties").fieldNames());
        this.neverNull = neverNull(schema.getJsonObject("properties"));
        this.required =
                schema.containsKey("required")
                        ? schema.getJsonArray("required").stream().map(String::valueOf).toList()
                        : List.of();
    }

    private static Set<String> neverNull(JsonObject properties) {
        var names = new TreeSet<String>();
        for (String name : properties.fieldNames()) {
            if (properties.getJsonObject(name).getValue("type") instanceof String) {
                names.add(name);
            }
        }
        return names;
    }

    /// The arguments without those that are null where none can be: clients whose models have to
    /// say something of every argument say that of what they leave out.
    JsonObject given(JsonObject arguments) {
        List<String> absent =
                arguments.fieldNames().stream()
                        .filter(name ->
                                arguments.getValue(name) == null && neverNull.contains(name))
                        .toList();
        if (absent.isEmpty()) {
            return arguments;
        }
        JsonObject given = arguments.copy();
        absent.forEach(given::remove);
        return given;
    }

    /// Passes arguments that the schema allows.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` that names the argument
    void check(JsonObject arguments) {
        for (String name : arguments.fieldNames()) {
            if (!known.contains(name)) {
                throw invalid(name, "is not an argument; there are " + listed(known));
            }
        }
        for (String name : required) {
            if (arguments.getValue(name) == null) {
                throw invalid(name, "is missing");
            }
        }
        arguments.forEach(argument -> requireFinite(argument.getKey(), argument.getValue()));
        if (plain.accepts(arguments)) {
            return;
        }
        OutputUnit outcome = validator.validate(arguments);
        if (!Boolean.TRUE.equals(outcome.getValid())) {
            throw explain(outcome);
        }
    }

    /// JSON has numbers that none of ours holds; they are infinite by now.
    private static void requireFinite(String at, @Nullable Object value) {
        switch (value) {
            case Double number when !Double.isFinite(number) ->
                    throw invalid(at, "is too large a number");
            case JsonObject object ->
                    object.forEach(it -> requireFinite(at + '.' + it.getKey(), it.getValue()));
            case JsonArray list -> {
                for (int i = 0; i < list.size(); i++) {
                    requireFinite(at + '.' + i, list.getValue(i));
                }
            }
            case null, default -> {}
        }
    }

    /// The innermost failure says most. Failures of `properties` and the like only repeat what lies
    /// below them.
    private RuntimeException explain(OutputUnit outcome) {
        List<OutputUnit> errors = outcome.getErrors();
        return (errors == null ? List.<OutputUnit>of() : errors)
                .stream()
                        .filter(error -> !COLLECTIVE.contains(keyword(error)))
                        .max(Comparator.comparingInt(ArgumentCheck::depth))
                        .map(error -> invalid(field(error), reason(error)))
                        .orElseGet(() -> invalid("arguments", "do not fit the tool's schema"));
    }

    private static String field(OutputUnit error) {
        String at = error.getInstanceLocation().replaceFirst("^#/?", "").replace('/', '.');
        return at.isEmpty() ? "arguments" : at;
    }

    private static String keyword(OutputUnit error) {
        String location = error.getKeywordLocation();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static int depth(OutputUnit error) {
        return error.getInstanceLocation().length();
    }

    private String reason(OutputUnit error) {
        if (keyword(error).equals(CLOSED)) {
            return "is not known; there are " + listed(names(error));
        }
        String text = error.getError();
        String trimmed = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return Character.toLowerCase(trimmed.charAt(0)) + trimmed.substring(1);
    }

    /// The names that there are where one is that is not known.
    private Set<String> names(OutputUnit error) {
        String at = error.getKeywordLocation().replaceFirst("^#", "").replaceFirst("/[^/]*$", "");
        return JsonPointer.from(at).queryJson(schema) instanceof JsonObject closed
                        && closed.getValue("properties") instanceof JsonObject properties
                ? new TreeSet<>(properties.fieldNames())
                : Set.of();
    }

    private static String listed(Set<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static RuntimeException invalid(String field, String reason) {
        return new Problem.Invalid(field, reason).exception();
    }
}
