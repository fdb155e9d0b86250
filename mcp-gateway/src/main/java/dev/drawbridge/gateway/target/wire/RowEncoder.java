package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.Column;
import dev.drawbridge.gateway.target.EncodedRows;

import io.vertx.sqlclient.Row;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Writes rows as they arrive, as JSON and as tab-separated text, up to a limit. One row more than
/// the limit is asked for and only noted: there are more.
final class RowEncoder implements RowSink {
    private final int limit;
    private final StringBuilder json = new StringBuilder(1024).append('[');
    private final StringBuilder tsv = new StringBuilder(1024);
    private List<Column> seen = List.of();
    private int count;
    private boolean more;

    RowEncoder(int limit) {
        this.limit = limit;
    }

    @Override
    public void accept(Row row) {
        if (count == limit) {
            more = true;
            return;
        }
        if (count == 0) {
            seen = columns(row);
        }
        json.append(count == 0 ? "[" : ",[");
        int width = row.size();
        for (int i = 0; i < width; i++) {
            Object value = row.getValue(i);
            if (i > 0) {
                json.append(',');
                tsv.append('\t');
            }
            CellEncoder.json(json, value);
            cell(value);
        }
        json.append(']');
        tsv.append('\n');
        count++;
    }

    /// All that arrived. The columns are the server's description where it was complete, else the
    /// names that the rows themselves carry.
    EncodedRows rows(List<Column> described, boolean cut) {
        List<Column> columns = described.isEmpty() ? seen : described;
        var header = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                header.append('\t');
            }
            escaped(header, columns.get(i).name());
        }
        return new EncodedRows(
                columns,
                json.append(']').toString(),
                header.append('\n').append(tsv).toString(),
                count,
                more || cut,
                cut);
    }

    private void cell(@Nullable Object value) {
        switch (value) {
            case null -> tsv.append("\\N");
            case Integer number -> tsv.append(number.intValue());
            case Long number -> tsv.append(number.longValue());
            default -> escaped(tsv, CellEncoder.text(value));
        }
    }

    /// The escapes of COPY's text format, and control characters made visible: text from a database
    /// must not steer a terminal.
    private static void escaped(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (Character.isISOControl(c)) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
    }

    private static List<Column> columns(Row row) {
        List<Column> columns = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            columns.add(new Column(row.getColumnName(i), "unknown"));
        }
        return columns;
    }
}
