package dev.drawbridge.gateway.tool.own;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import dev.drawbridge.gateway.own.OwnClaim;
import dev.drawbridge.gateway.own.OwnText;
import dev.drawbridge.identity.Caller;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A parameter of a statement, by plain keys of JSON Schema. There are no references, combinators
/// or patterns, so checking a value never takes longer than reading it.
///
/// @param type null for what the server says
/// @param values that are allowed; null for any
/// @param from of the caller instead of the call; then nothing else is said
/// @param optional whether it may be left out without a default, and is NULL then
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OwnParameter(
        @Nullable String type,
        @Nullable String description,
        @JsonProperty("default") @Nullable Object otherwise,
        @JsonProperty("enum") @Nullable List<Object> values,
        @Nullable BigDecimal minimum,
        @Nullable BigDecimal maximum,
        @Nullable Integer minLength,
        @Nullable Integer maxLength,
        @Nullable OwnParameter items,
        @Nullable Integer minItems,
        @Nullable Integer maxItems,
        @Nullable OwnClaim from,
        @Nullable Boolean optional) {
    private static final Set<String> TYPES =
            Set.of("string", "integer", "number", "boolean", "array", "object");

    private static final int MOST_VALUES = 200;
    private static final int LONGEST_VALUE = 1_000;
    private static final int DEEPEST = 3;

    /// What whole numbers our arguments are compared as.
    private static final BigDecimal MOST_WHOLE = BigDecimal.valueOf(Integer.MAX_VALUE);

    /// One of which nothing is said.
    static final OwnParameter UNSAID =
            new OwnParameter(
                    null, null, null, null, null, null, null, null, null, null, null, null, null);

    public OwnParameter {
        check("type", type == null || TYPES.contains(type), "must be one of " + sorted(TYPES));
        description = description == null ? null : OwnText.description("description", description);
        if (from != null) {
            requireAlone(
                    type, otherwise, values, minimum, maximum, minLength, maxLength, items,
                    minItems, maxItems, optional);
        }
        requireType("minimum", type, minimum, "integer", "number");
        requireType("maximum", type, maximum, "integer", "number");
        requireType("minLength", type, minLength, "string");
        requireType("maxLength", type, maxLength, "string");
        requireType("items", type, items, "array");
        requireType("minItems", type, minItems, "array");
        requireType("maxItems", type, maxItems, "array");
        requireOrder("minimum", minimum, maximum);
        requireOrder("minLength", minLength, maxLength);
        requireOrder("minItems", minItems, maxItems);
        if ("integer".equals(type)) {
            requireWhole("minimum", minimum);
            requireWhole("maximum", maximum);
        }
        if (items != null) {
            requireItem(items);
        }
        if (values != null) {
            requireValues(type, values);
        }
        check(
                "default",
                otherwise == null
                        || (isOf(type, otherwise)
                                && (values == null || values.contains(otherwise))),
                "must be a value of the type, and one of enum");
        requireBounds(otherwise, minimum, maximum, minLength, maxLength, minItems, maxItems, items);
        check("optional", otherwise == null || optional == null, "is said by the default already");
    }

    /// Whether a call has to have it.
    boolean required() {
        return from == null && otherwise == null && !Boolean.TRUE.equals(optional);
    }

    /// What the statement gets.
    ///
    /// @param given by the call; null for nothing
    @Nullable Object value(Caller caller, @Nullable Object given) {
        if (from != null) {
            return from.of(caller);
        }
        return given == null ? otherwise : given;
    }

    private static void requireAlone(@Nullable Object... others) {
        for (Object other : others) {
            check("from", other == null, "goes with a description only: the caller sends nothing");
        }
    }

    private static void requireItem(OwnParameter item) {
        check(
                "items",
                item.from == null && item.otherwise == null && depth(item) < DEEPEST,
                "has no from or default, and three levels at most");
    }

    private static void requireType(
            String field, @Nullable String type, @Nullable Object value, String... types) {
        check(
                field,
                value == null || List.of(types).contains(String.valueOf(type)),
                "needs the type " + String.join(" or ", types));
    }

    /// A default is what every call could send.
    private static void requireBounds(
            @Nullable Object otherwise,
            @Nullable BigDecimal minimum,
            @Nullable BigDecimal maximum,
            @Nullable Integer minLength,
            @Nullable Integer maxLength,
            @Nullable Integer minItems,
            @Nullable Integer maxItems,
            @Nullable OwnParameter items) {
        switch (otherwise) {
            case Number number ->
                    check(
                            "default",
                            isBetween(new BigDecimal(number.toString()), minimum, maximum),
                            "must be from minimum to maximum");
            case String text ->
                    check(
                            "default",
                            isBetween(text.codePointCount(0, text.length()), minLength, maxLength),
                            "must be from minLength to maxLength long");
            case List<?> list ->
                    check(
                            "default",
                            isBetween(list.size(), minItems, maxItems)
                                    && list.stream().allMatch(it -> isItem(items, it)),
                            "must have from minItems to maxItems values, of the type of items");
            case null, default -> {}
        }
    }

    private static <T extends Comparable<T>> void requireOrder(
            String field, @Nullable T least, @Nullable T most) {
        check(field, isBetween(least, null, most), "is more than the other end");
    }

    private static <T extends Comparable<T>> boolean isBetween(
            @Nullable T value, @Nullable T least, @Nullable T most) {
        return value == null
                || ((least == null || value.compareTo(least) >= 0)
                        && (most == null || value.compareTo(most) <= 0));
    }

    private static boolean isItem(@Nullable OwnParameter items, @Nullable Object value) {
        return items == null || (value != null && isOf(items.type, value));
    }

    private static void requireWhole(String field, @Nullable BigDecimal bound) {
        check(
                field,
                bound == null
                        || (bound.stripTrailingZeros().scale() <= 0
                                && bound.abs().compareTo(MOST_WHOLE) <= 0),
                "must be a whole number up to 2147483647");
    }

    private static void requireValues(@Nullable String type, List<Object> values) {
        check(
                "enum",
                !values.isEmpty() && values.size() <= MOST_VALUES,
                "must have 1 to %d values".formatted(MOST_VALUES));
        check(
                "enum",
                !"array".equals(type)
                        && !"object".equals(type)
                        && values.stream().allMatch(it -> it != null && isOf(type, it)),
                "must have values of the type, which is no array or object");
    }

    private static boolean isOf(@Nullable String type, Object value) {
        return switch (type) {
            case "string" -> value instanceof String text && text.length() <= LONGEST_VALUE;
            case "integer" -> value instanceof Integer;
            case "number" -> value instanceof Number;
            case "boolean" -> value instanceof Boolean;
            case "array" ->
                    value instanceof List<?> list && list.stream().allMatch(OwnParameter::isPlain);
            case "object" -> value instanceof Map<?, ?> map && map.isEmpty();
            case null, default -> isPlain(value);
        };
    }

    private static boolean isPlain(@Nullable Object value) {
        return (value instanceof String text && text.length() <= LONGEST_VALUE)
                || value instanceof Number
                || value instanceof Boolean;
    }

    private static int depth(OwnParameter items) {
        return items.items == null ? 1 : 1 + depth(items.items);
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    private static void check(String field, boolean holds, String reason) {
        if (!holds) {
            throw OwnText.invalid(field, reason);
        }
    }
}
