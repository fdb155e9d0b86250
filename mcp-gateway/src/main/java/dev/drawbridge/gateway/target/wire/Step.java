package dev.drawbridge.gateway.target.wire;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A statement with its parameters.
///
/// @param parameters JSON values
/// @param types of the parameters, where they are known already; else empty
/// @param fetch rows to hand out at most; 0 for all
/// @param kept whether the text means the same in every transaction, so that it may be prepared
/// @param portal a name, for a later step to go on with; else empty
/// @param sink where its rows go; null for nowhere
/// @param runs whether it is run, not only described
record Step(
        String sql,
        List<@Nullable Object> parameters,
        List<Integer> types,
        int fetch,
        boolean kept,
        String portal,
        @Nullable RowSink sink,
        boolean runs) {
    static Step of(String sql, List<@Nullable Object> parameters, int fetch) {
        return new Step(sql, parameters, List.of(), fetch, true, "", null, true);
    }

    /// One of ours without parameters, whose rows nobody wants.
    static Step of(String sql) {
        return of(sql, List.of(), 0);
    }

    /// Not to be kept: what it means depends on a cursor of the transaction.
    static Step once(String sql, List<@Nullable Object> parameters) {
        return new Step(sql, parameters, List.of(), 0, false, "", null, true);
    }

    /// Only to be described, once.
    static Step described(String sql) {
        return new Step(sql, List.of(), List.of(), 0, false, "", null, false);
    }

    Step typed(List<Integer> described) {
        return new Step(sql, parameters, described, fetch, kept, portal, sink, runs);
    }

    Step into(RowSink rows) {
        return new Step(sql, parameters, types, fetch, kept, portal, rows, runs);
    }

    Step named(String name) {
        return new Step(sql, parameters, types, fetch, kept, name, sink, runs);
    }
}
