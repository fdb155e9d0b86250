package dev.drawbridge.gateway.tool.database;

import static dev.drawbridge.gateway.tool.database.Arguments.invalid;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One of the functions of a name.
///
/// @param untold whether its rows have columns that only the caller could say
/// @param required arguments that it cannot do without
/// @param variadic whether the last takes any number of values
record Overload(
        String signature,
        String kind,
        boolean untold,
        int required,
        boolean variadic,
        List<Input> inputs) {

    /// @param name empty for one that has none
    /// @param type as SQL
    /// @param category of the type, as PostgreSQL has it, such as `N` for numbers
    /// @param pseudo whether it is no type of a value, such as `anyelement`
    record Input(String name, String type, String category, boolean pseudo) {
        /// Whether a value is of this type by what JSON says of it, and not only to be read as one.
        private boolean isOf(@Nullable Object value) {
            return switch (value) {
                case null -> true;
                case Number _ -> category.equals("N");
                case Boolean _ -> category.equals("B");
                case String _ -> category.equals("S");
                case JsonArray _ -> category.equals("A") || isJson();
                case JsonObject _ -> category.equals("C") || isJson();
                default -> false;
            };
        }

        private boolean isJson() {
            return type.equals("json") || type.equals("jsonb");
        }
    }

    static Overload of(JsonObject found) {
        List<Input> inputs =
                found.getJsonArray("inputs").stream()
                        .map(JsonObject.class::cast)
                        .map(input ->
                                new Input(
                                        input.getString("name"),
                                        input.getString("type"),
                                        input.getString("category"),
                                        input.getBoolean("pseudo")))
                        .toList();
        return new Overload(
                found.getString("signature"),
                found.getString("kind"),
                found.getBoolean("untold"),
                inputs.size() - found.getInteger("defaults"),
                found.getBoolean("variadic"),
                inputs);
    }

    /// The one that takes these arguments.
    ///
    /// @param args an object by names, or a list
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` that lists them, if it is
    ///   none or more than one
    static Overload choose(List<Overload> all, Object args) {
        List<Overload> taking = all.stream().filter(one -> one.takes(args)).toList();
        List<Overload> meant = taking.stream().filter(one -> one.isFor(args)).toList();
        List<Overload> fitting = meant.isEmpty() ? taking : meant;
        if (fitting.size() != 1) {
            throw invalid(
                    "args",
                    (fitting.isEmpty() ? "fit none of " : "fit more than one: ")
                            + (fitting.isEmpty() ? all : fitting)
                                    .stream()
                                            .map(Overload::signature)
                                            .collect(Collectors.joining("; "))
                            + (fitting.isEmpty() ? "" : ". Call it in query_database, with casts"));
        }
        return fitting.getFirst();
    }

    private boolean takes(Object args) {
        return switch (args) {
            case JsonArray list ->
                    list.size() >= required && (variadic || list.size() <= inputs.size());
            case JsonObject named -> takesNames(named.fieldNames());
            default -> throw invalid("args", "must be an object by names, or a list");
        };
    }

    private boolean takesNames(Set<String> names) {
        List<String> known = inputs.stream().map(Input::name).toList();
        return !names.contains("")
                && known.containsAll(names)
                && names.containsAll(known.subList(0, required));
    }

    /// Whether each argument is of the type that this one takes.
    private boolean isFor(Object args) {
        return switch (args) {
            case JsonObject named ->
                    inputs.stream().allMatch(input -> input.isOf(named.getValue(input.name())));
            case JsonArray list ->
                    list.size() <= inputs.size()
                            && IntStream.range(0, list.size())
                                    .allMatch(i -> inputs.get(i).isOf(list.getValue(i)));
            default -> false;
        };
    }

    /// Appends the arguments of a call, each as the type that this one takes.
    void append(PlacedSql sql, Object args) {
        if (args instanceof JsonObject named) {
            List<Input> given =
                    inputs.stream().filter(input -> named.containsKey(input.name())).toList();
            for (Input input : given) {
                boolean isLast = variadic && input.equals(inputs.getLast());
                sql.add(input.equals(given.getFirst()) ? "" : ", ");
                sql.add(isLast ? "variadic " : "").name(input.name()).add(" => ");
                value(sql, input, named.getValue(input.name()), "args." + input.name());
            }
        } else if (args instanceof JsonArray list) {
            positional(sql, list);
        }
    }

    private void positional(PlacedSql sql, JsonArray list) {
        int single = variadic && !isSpread(list) ? inputs.size() - 1 : list.size();
        for (int i = 0; i < Math.min(single, list.size()); i++) {
            sql.add(i == 0 ? "" : ", ")
                    .add(isSpread(list) && i == inputs.size() - 1 ? "variadic " : "");
            value(sql, inputs.get(Math.min(i, inputs.size() - 1)), list.getValue(i), "args." + i);
        }
        if (single < list.size()) {
            Input rest = inputs.getLast();
            sql.add(single == 0 ? "" : ", ");
            if (rest.pseudo()) {
                each(sql, list, single);
            } else {
                List<?> values = list.getList().subList(single, list.size());
                sql.add("variadic ");
                value(sql, rest, values, "args." + single);
            }
        }
    }

    /// Whether the values of the last argument are a list already.
    private boolean isSpread(JsonArray list) {
        return variadic
                && list.size() == inputs.size()
                && list.getValue(list.size() - 1) instanceof JsonArray;
    }

    /// Values of whatever type, as `format` takes them.
    private static void each(PlacedSql sql, JsonArray list, int from) {
        IntStream.range(from, list.size())
                .forEach(i -> {
                    sql.add(i == from ? "" : ", ");
                    value(sql, new Input("", "", "", true), list.getValue(i), "args." + i);
                });
    }

    private static void value(PlacedSql sql, Input input, @Nullable Object value, String at) {
        if (value instanceof JsonObject && input.category().equals("C") && !input.pseudo()) {
            sql.add("jsonb_populate_record(null::").add(input.type()).add(", ");
            sql.at(at).value(value).at(PlacedSql.NOWHERE).add("::jsonb)");
            return;
        }
        Object bound = value instanceof JsonArray list ? list.getList() : value;
        sql.at(at).value(bound).add("::").add(input.pseudo() ? natural(bound) : input.type());
        sql.at(PlacedSql.NOWHERE);
    }

    private static String natural(@Nullable Object value) {
        return switch (value) {
            case Number _ -> "numeric";
            case Boolean _ -> "boolean";
            case JsonObject _ -> "jsonb";
            case List<?> _ -> "text[]";
            case null, default -> "text";
        };
    }
}
