package dev.drawbridge.gateway.target;

import java.util.List;

/// Rows in the two forms in which tools answer, written once while they arrive.
///
/// @param json the rows as a JSON array of arrays
/// @param tsv a header line and a line for each row, tab-separated, escaped as COPY does
/// @param count how many rows
/// @param more whether the statement has more rows than these
/// @param cut whether the byte budget ended the answer
public record EncodedRows(
        List<Column> columns, String json, String tsv, int count, boolean more, boolean cut) {}
