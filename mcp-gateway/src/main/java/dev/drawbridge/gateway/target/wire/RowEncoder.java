package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.Column;
import dev.drawbridge.gateway.target.EncodedRows;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes rows as they arrive, as JSON and as tab-separated text, up to a limit. One row more than
/// the limit is asked for and only noted: there are more.
final class RowEncoder implements RowSink {
    private final int limit;
    private final EncodedText json = new EncodedText(1024);
    private final EncodedText cells = new EncodedText(1024);
    private int count;
    private boolean more;

    RowEncoder(int limit) {
        this.limit = limit;
        json.append('[');
    }

    @Override
    public void accept(DataRow row) {
        if (count == limit) {
            more = true;
            return;
        }
        if (count > 0) {
            json.append(',');
        }
        json.append('[');
        for (int i = 0; i < row.width(); i++) {
            if (i > 0) {
                json.append(',');
                cells.append('\t');
            }
            if (row.isNull(i)) {
                json.append("null");
                cells.append("\\N");
            } else {
                CellEncoder.json(json, row.type(i), row.bytes(), row.start(i), row.end(i));
                CellEncoder.cell(cells, row.type(i), row.bytes(), row.start(i), row.end(i));
            }
        }
        json.append(']');
        cells.append('\n');
        count++;
    }

    /// All that arrived.
    EncodedRows rows(List<DataRow.ColumnType> described, boolean cut) {
        var text = new EncodedText(cells.size() + 64);
        for (int i = 0; i < described.size(); i++) {
            if (i > 0) {
                text.append('\t');
            }
            byte[] name = described.get(i).name().getBytes(StandardCharsets.UTF_8);
            CellEncoder.escaped(text, name, 0, name.length);
        }
        text.append('\n');
        text.append(cells);
        json.append(']');
        List<Column> columns =
                described.stream().map(it -> new Column(it.name(), it.type().name())).toList();
        return new EncodedRows(columns, json.toString(), text.toString(), count, more || cut, cut);
    }
}
