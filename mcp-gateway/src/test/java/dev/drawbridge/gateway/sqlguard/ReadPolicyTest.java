package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.gateway.sqlguard.ReadPolicy.Names;
import dev.drawbridge.grammar.Grammar;
import dev.drawbridge.grammar.ParseTree;
import dev.drawbridge.grammar.SyntaxException;
import dev.drawbridge.problem.ProblemException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// A line of the policy that could be struck out and nobody would notice is one that no statement
/// of the corpora needs: an attack that would pass without it, or a read that would be refused.
class ReadPolicyTest {
    /// Fields that the server fills in when it analyses a tree; a parser never does. SHOW has a
    /// rule of its own.
    private static final Set<String> NEVER_PARSED =
            Set.of(
                    "CTECycleClause: cycle_mark_collation",
                    "CTECycleClause: cycle_mark_neop",
                    "CTECycleClause: cycle_mark_type",
                    "CTECycleClause: cycle_mark_typmod",
                    "CaseExpr: casecollid",
                    "CaseExpr: casetype",
                    "CoalesceExpr: coalescecollid",
                    "CoalesceExpr: coalescetype",
                    "CommonTableExpr: ctecolcollations",
                    "CommonTableExpr: ctecolnames",
                    "CommonTableExpr: ctecoltypes",
                    "CommonTableExpr: ctecoltypmods",
                    "CommonTableExpr: cterecursive",
                    "CommonTableExpr: cterefcount",
                    "GroupingFunc: agglevelsup",
                    "GroupingFunc: refs",
                    "JoinExpr: rtindex",
                    "JsonBehavior: coerce",
                    "JsonFuncExpr: column_name",
                    "JsonParseExpr: output",
                    "JsonReturning: typid",
                    "JsonReturning: typmod",
                    "JsonScalarExpr: output",
                    "JsonValueExpr: formatted_expr",
                    "MinMaxExpr: inputcollid",
                    "MinMaxExpr: minmaxcollid",
                    "MinMaxExpr: minmaxtype",
                    "NullTest: argisrow",
                    "ResTarget: indirection",
                    "RowExpr: colnames",
                    "RowExpr: row_typeid",
                    "SQLValueFunction: type",
                    "SubLink: subLinkId",
                    "VariableShowStmt: name",
                    "XmlExpr: arg_names",
                    "XmlExpr: indent",
                    "XmlExpr: type",
                    "XmlExpr: typmod");

    private static final Grammar GRAMMAR = new Grammar(1);
    private static final ReadPolicy POLICY = ReadPolicy.load();

    @Test
    void every_denied_function_is_attacked() throws IOException {
        assertThat(missedBy(refused(), POLICY.functions(), ReadPolicyTest::withFunctions))
                .isEmpty();
    }

    @Test
    void every_denied_relation_is_attacked() throws IOException {
        assertThat(missedBy(refused(), POLICY.relations(), ReadPolicyTest::withRelations))
                .isEmpty();
    }

    @Test
    void every_hidden_column_is_attacked() throws IOException {
        List<ParseTree> refused = refused();
        Set<String> missed = new TreeSet<>(POLICY.columns().keySet());
        missed.removeIf(relation -> {
            Map<String, Set<String>> rest = new HashMap<>(POLICY.columns());
            rest.remove(relation);
            return somePass(withColumns(rest), refused);
        });

        assertThat(missed).isEmpty();
    }

    @Test
    void every_option_of_explain_is_used() {
        Set<String> unused = new TreeSet<>(POLICY.options().exact());
        List<ParseTree> reads = reads();
        unused.removeIf(option -> {
            Names rest = without(POLICY.options(), option);
            return !allPass(withExplainOptions(rest), reads);
        });

        assertThat(unused).isEmpty();
    }

    @Test
    void every_field_of_a_node_is_used_that_a_parser_fills_in() {
        List<ParseTree> reads = reads();
        Set<String> unused = new HashSet<>();
        POLICY.nodes()
                .forEach((type, fields) ->
                        fields.keySet().stream()
                                .filter(field -> allPass(withoutField(type, field), reads))
                                .forEach(field -> unused.add(type + ": " + field)));

        assertThat(unused).containsExactlyInAnyOrderElementsOf(NEVER_PARSED);
    }

    /// Names without which the policy would refuse all of that as well.
    private static Set<String> missedBy(
            List<ParseTree> refused, Names names, Function<Names, ReadPolicy> policy) {
        Set<String> missed = new TreeSet<>(names.exact());
        names.beginnings().forEach(beginning -> missed.add(beginning + "*"));
        missed.removeIf(name -> somePass(policy.apply(without(names, name)), refused));
        return missed;
    }

    private static Names without(Names names, String one) {
        return new Names(
                Set.copyOf(names.exact().stream().filter(name -> !name.equals(one)).toList()),
                names.beginnings().stream().filter(name -> !one.equals(name + "*")).toList(),
                names.advice());
    }

    private static List<ParseTree> refused() throws IOException {
        return Stream.concat(
                        Attack.all().stream().map(Attack::plain),
                        AnalyticsStatement.text("denied.sql").lines().skip(1))
                .flatMap(ReadPolicyTest::tree)
                .filter(tree -> !passes(POLICY, tree))
                .toList();
    }

    private static List<ParseTree> reads() {
        return Stream.concat(
                        AnalyticsStatement.corpus().stream().map(AnalyticsStatement::sql),
                        Stream.of("select $1"))
                .flatMap(ReadPolicyTest::tree)
                .filter(tree -> passes(POLICY, tree))
                .toList();
    }

    private static Stream<ParseTree> tree(String sql) {
        try {
            return Stream.of(GRAMMAR.parse(sql)).filter(it -> it.statements().size() == 1);
        } catch (SyntaxException unreadable) {
            return Stream.empty();
        }
    }

    private static boolean somePass(ReadPolicy policy, List<ParseTree> trees) {
        return trees.stream().anyMatch(tree -> passes(policy, tree));
    }

    private static boolean allPass(ReadPolicy policy, List<ParseTree> trees) {
        return trees.stream().allMatch(tree -> passes(policy, tree));
    }

    private static boolean passes(ReadPolicy policy, ParseTree tree) {
        try {
            new ReadRules(policy, tree).check(tree.statements().get(0).path("stmt"), 0);
            return true;
        } catch (ProblemException refused) {
            return false;
        }
    }

    private static ReadPolicy withoutField(String type, String field) {
        Map<String, Map<String, String>> nodes = new HashMap<>(POLICY.nodes());
        Map<String, String> rest = new HashMap<>(nodes.get(type));
        rest.remove(field);
        nodes.put(type, rest);
        return policy(
                POLICY.options(), POLICY.functions(), POLICY.relations(), POLICY.columns(), nodes);
    }

    @Test
    void a_refusal_says_what_to_do_instead() {
        assertThatThrownBy(() -> ReadOnlySql.parse("select set_config('a.b', 'c', true)"))
                .hasMessageContaining("current_setting reads settings");
        assertThatThrownBy(() -> ReadOnlySql.parse("select pg_advisory_lock(1)"))
                .hasMessageContaining("Leave it out");
        assertThatThrownBy(() -> ReadOnlySql.parse("select ts_rewrite('a'::tsquery, 'select b')"))
                .hasMessageContaining("in the statement itself");
        assertThatThrownBy(() -> ReadOnlySql.parse("select rolname from pg_authid"))
                .hasMessageContaining("pg_roles");
    }

    @Test
    void everything_that_is_denied_by_name_has_an_advice() {
        assertThat(Stream.concat(Stream.of(POLICY.functions()), Stream.of(POLICY.relations())))
                .allSatisfy(names ->
                        assertThat(names.advice().values()).isNotEmpty().doesNotContain(""));
    }

    private static ReadPolicy withExplainOptions(Names options) {
        return policy(
                options, POLICY.functions(), POLICY.relations(), POLICY.columns(), POLICY.nodes());
    }

    private static ReadPolicy withFunctions(Names functions) {
        return policy(
                POLICY.options(), functions, POLICY.relations(), POLICY.columns(), POLICY.nodes());
    }

    private static ReadPolicy withRelations(Names relations) {
        return policy(
                POLICY.options(), POLICY.functions(), relations, POLICY.columns(), POLICY.nodes());
    }

    private static ReadPolicy withColumns(Map<String, Set<String>> columns) {
        return policy(
                POLICY.options(), POLICY.functions(), POLICY.relations(), columns, POLICY.nodes());
    }

    private static ReadPolicy policy(
            Names options,
            Names functions,
            Names relations,
            Map<String, Set<String>> columns,
            Map<String, Map<String, String>> nodes) {
        return new ReadPolicy(
                POLICY.statement(),
                options,
                functions,
                relations,
                columns,
                POLICY.harmless(),
                POLICY.shipped(),
                POLICY.repeatable(),
                POLICY.coercing(),
                nodes);
    }
}
