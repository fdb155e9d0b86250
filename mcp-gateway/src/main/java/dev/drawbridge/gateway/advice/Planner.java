package dev.drawbridge.gateway.advice;

import dev.drawbridge.gateway.plan.Plan;
import dev.drawbridge.gateway.sqlguard.ReadOnlySql;

import java.util.List;

/// Asks a database, and waits for what it says: not on an event loop.
public interface Planner {
    /// Whether the planner can be asked with indexes that are not there (HypoPG).
    boolean hasHypopg();

    /// The plan of a statement for no values, in EXPLAIN (VERBOSE).
    ///
    /// @param indexes that are taken as there, as CREATE INDEX
    /// @throws UnplannableException when there is none
    Answer plan(ReadOnlySql sql, List<String> indexes);

    /// What the catalog tells of tables.
    ///
    /// @param names schema and name of each
    List<Table> tables(List<List<String>> names);

    /// Those of some functions of which all that are called so are immutable.
    List<String> immutable(List<String> functions);

    /// What the planner reckons with.
    Costs costs();

    /// A plan.
    ///
    /// @param created names of the indexes that were taken as there, in their order
    record Answer(Plan plan, List<String> created) {}

    /// Settings of the planner, by their names in postgresql.conf.
    record Costs(
            double seqPage,
            double randomPage,
            double cpuTuple,
            double cpuIndexTuple,
            double cpuOperator) {
        /// What tells them.
        public static final String SQL =
                """
                select current_setting('seq_page_cost'), current_setting('random_page_cost'),
                       current_setting('cpu_tuple_cost'), current_setting('cpu_index_tuple_cost'),
                       current_setting('cpu_operator_cost')
                """;
    }
}
