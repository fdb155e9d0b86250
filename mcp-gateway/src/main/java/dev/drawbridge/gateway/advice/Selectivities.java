package dev.drawbridge.gateway.advice;

import dev.drawbridge.gateway.sqlguard.ReadOnlySql;
import dev.drawbridge.problem.ProblemException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which part of a table's rows a condition selects, by the planner's own estimate: it is asked for
/// the plan of that condition alone.
final class Selectivities {
    private static final Pattern PARAMETER = Pattern.compile("'(?:[^']|'')*'|\\$(\\d+)");

    private final Planner planner;
    private final Map<String, Double> known = new HashMap<>();

    Selectivities(Planner planner) {
        this.planner = planner;
    }

    /// From 0 to 1; 1 for what the planner cannot be asked.
    double of(Table table, Condition condition) {
        if (condition.isJoin()) {
            return 1 / table.column(condition.side().name()).distinct();
        }
        return of(table, condition.unqualified());
    }

    /// The part that an index holds.
    double ofPredicate(Candidate candidate) {
        return candidate.where().isEmpty() ? 1 : of(candidate.table(), candidate.where());
    }

    private double of(Table table, String condition) {
        String sql = "select 1 from only " + table.sql() + " where " + renumbered(condition);
        return known.computeIfAbsent(sql, text -> ask(table, text));
    }

    private double ask(Table table, String sql) {
        try {
            double rows = planner.plan(parsed(sql), List.of()).plan().root().rows();
            return Math.min(1, rows / Math.max(1, table.rows()));
        } catch (UnplannableException refused) {
            return 1;
        }
    }

    private static ReadOnlySql parsed(String sql) {
        try {
            return ReadOnlySql.parse(sql);
        } catch (ProblemException rejected) {
            throw new UnplannableException(rejected.problem(), rejected);
        }
    }

    /// With parameters from 1 on: a statement has to have all of them.
    private static String renumbered(String condition) {
        Map<String, Integer> numbers = new HashMap<>();
        Matcher found = PARAMETER.matcher(condition);
        return found.replaceAll(it -> {
            String number = it.group(1);
            if (number == null) {
                return Matcher.quoteReplacement(it.group());
            }
            return "\\$" + numbers.computeIfAbsent(number, _ -> numbers.size() + 1);
        });
    }
}
