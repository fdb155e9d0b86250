package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A statement that is put together from a call's arguments. Names are quoted and values are bound,
/// so that nothing of the caller's is SQL; and of each part it is known which argument it came
/// from, so that a mistake which only the database can see is told where the caller made it.
final class PlacedSql {
    /// Of whatever is not the caller's to mend by an argument.
    static final String NOWHERE = "";

    private static final Pattern NUMBER = Pattern.compile("\\$(\\d+)(?:: )?");

    private static final Pattern ALIAS = Pattern.compile("(?<=^column )[st]\\d*\\.");

    private static final String TOLD_BY = "; get_schema tells the names";

    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> parameters = new ArrayList<>();
    private final List<String> placesOfParameters = new ArrayList<>();

    /// By the index of its first character, where a part came from.
    private final TreeMap<Integer, String> places = new TreeMap<>(Map.of(0, NOWHERE));

    /// What follows came from this argument, such as `filters.0.column`.
    PlacedSql at(String place) {
        places.put(text.length(), place);
        return this;
    }

    /// SQL of ours.
    PlacedSql add(String sql) {
        text.append(sql);
        return this;
    }

    /// A name of the caller's choice.
    PlacedSql name(String name) {
        text.append('"').append(name.replace("\"", "\"\"")).append('"');
        return this;
    }

    /// A column of what is called `alias`, which is ours.
    PlacedSql column(String alias, String column) {
        return add(alias).add(".").name(column);
    }

    /// A value of the caller's choice.
    PlacedSql value(@Nullable Object value) {
        parameters.add(value);
        placesOfParameters.add(places.lastEntry().getValue());
        text.append('$').append(parameters.size());
        return this;
    }

    String text() {
        return text.toString();
    }

    List<@Nullable Object> parameters() {
        return parameters;
    }

    /// @param limit rows to hand out at most
    Statement statement(int limit) {
        return new Statement(text(), parameters, 0, limit);
    }

    /// A failure of it, in terms of the call: the caller never saw the text.
    Throwable placed(Throwable failure) {
        if (!(failure instanceof ProblemException known)) {
            return failure;
        }
        return switch (known.problem()) {
            case Problem.QueryRejected rejected ->
                    new Problem.QueryRejected(rejected.reason(), 0).exception(known);
            case Problem.Invalid(String field, String reason) when field.equals("params") ->
                    ofParameter(reason).exception(known);
            case Problem.Database refused -> ofDatabase(refused).exception(known);
            default -> known;
        };
    }

    /// PostgreSQL 16 and newer say which one it was, before they say why.
    private Problem ofParameter(String reason) {
        Matcher number = NUMBER.matcher(reason);
        return number.lookingAt()
                ? new Problem.Invalid(
                        placesOfParameters.get(Integer.parseInt(number.group(1)) - 1),
                        reason.substring(number.end()))
                : new Problem.Invalid(placeOfQuoted(reason), reason);
    }

    private Problem ofDatabase(Problem.Database failed) {
        Problem.Database refused = known(failed);
        String place =
                refused.position() > 0
                        ? places.floorEntry(refused.position() - 1).getValue()
                        : refused.sqlState().startsWith("22")
                                ? placeOfQuoted(refused.message())
                                : NOWHERE;
        return place.equals(NOWHERE)
                ? new Problem.Database(refused.sqlState(), refused.message(), refused.hint(), 0)
                : new Problem.Invalid(place, refused.message());
    }

    /// Says nothing of the names that are ours, and where the right ones are told.
    private static Problem.Database known(Problem.Database failed) {
        return switch (failed.sqlState()) {
            case "42703" ->
                    new Problem.Database(
                            failed.sqlState(),
                            ALIAS.matcher(failed.message()).replaceFirst("") + TOLD_BY,
                            failed.hint(),
                            failed.position());
            case "42P01" ->
                    new Problem.Database(
                            failed.sqlState(),
                            failed.message() + TOLD_BY,
                            failed.hint(),
                            failed.position());
            default -> failed;
        };
    }

    /// Older ones only quote what they could not read.
    private String placeOfQuoted(String message) {
        List<String> places =
                IntStream.range(0, parameters.size())
                        .filter(i -> message.contains("\"" + parameters.get(i) + "\""))
                        .mapToObj(placesOfParameters::get)
                        .distinct()
                        .toList();
        return places.size() == 1 ? places.getFirst() : common();
    }

    /// The argument that all values came from, if they are of one.
    private String common() {
        List<String> arguments =
                placesOfParameters.stream()
                        .map(place -> place.split("\\.", 2)[0])
                        .distinct()
                        .toList();
        return arguments.size() == 1 ? arguments.getFirst() : "arguments";
    }
}
