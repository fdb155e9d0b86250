package dev.drawbridge.gateway.target;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Rows in the two forms in which tools answer, written once while they arrive.
///
/// @param json the rows as a JSON array of arrays
/// @param tsv a header line and a line for each row, tab-separated, escaped as COPY does
/// @param count how many rows
/// @param more whether the statement has more rows than these
/// @param cut whether the byte budget ended the answer
/// @param kept null where they were read now and are not kept
public record EncodedRows(
        List<Column> columns,
        String json,
        String tsv,
        int count,
        boolean more,
        boolean cut,
        @Nullable Kept kept) {

    /// Rows that were read now.
    public EncodedRows(
            List<Column> columns, String json, String tsv, int count, boolean more, boolean cut) {
        this(columns, json, tsv, count, more, cut, null);
    }

    /// The same, with what became of them.
    public EncodedRows as(Kept what) {
        return new EncodedRows(columns, json, tsv, count, more, cut, what);
    }
}
