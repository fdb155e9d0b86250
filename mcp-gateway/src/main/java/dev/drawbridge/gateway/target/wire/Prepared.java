package dev.drawbridge.gateway.target.wire;

import java.util.List;

/// A statement as a session knows it.
final class Prepared {
    /// The name of the statement that the next Parse replaces.
    static final String UNNAMED = "";

    private final String name;
    private List<Integer> parameterTypes = List.of();
    private List<DataRow.ColumnType> columns = List.of();

    Prepared(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /// The object ids of the parameters' types; empty before the server has said them.
    List<Integer> parameterTypes() {
        return parameterTypes;
    }

    /// The result's columns; empty before the server has said them, and for what has no result.
    List<DataRow.ColumnType> columns() {
        return columns;
    }

    void parameterTypes(List<Integer> described) {
        parameterTypes = described;
    }

    void columns(List<DataRow.ColumnType> described) {
        columns = described;
    }
}
