package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.Column;
import dev.drawbridge.gateway.target.EncodedRows;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes rows as they arrive, as JSON and as tab-separated text, up to a limit of rows, the bytes
/// of a page, and a budget of bytes. One row more than the limit is asked for and only noted: there
/// are more, as there are when a page is full.
final class RowEncoder implements RowSink {
    private final int limit;
    private final int page;
    private final AnswerBudget budget;
    private final EncodedText json;
    private final EncodedText cells;
    private int count;
    private boolean more;

    /// @param page bytes in both forms together; 0 for any number
    RowEncoder(int limit, int page, AnswerBudget budget) {
        this.limit = limit;
        this.page = page;
        this.budget = budget;
        this.json = new EncodedText(1024, Math.max(1024, budget.most()));
        this.cells = new EncodedText(1024, Math.max(1024, budget.most()));
        json.append("[]"); // Whole after each row.
    }

    @Override
    public boolean accept(DataRow row) {
        if (more || count == limit) {
            more = true;
            return true;
        }
        int before = json.size();
        int cellsBefore = cells.size();
        write(row);
        if (json.isFull() || cells.isFull()) {
            takeBack(before, cellsBefore);
            return false;
        }
        if (page > 0 && count > 0 && json.size() + cells.size() > page) {
            takeBack(before, cellsBefore);
            more = true;
            return true;
        }
        count++;
        return budget.hold(json.size() - before + cells.size() - cellsBefore);
    }

    private void takeBack(int before, int cellsBefore) {
        json.truncate(before - 1);
        json.append(']');
        cells.truncate(cellsBefore);
    }

    private void write(DataRow row) {
        json.truncate(json.size() - 1);
        json.append(count == 0 ? "[" : ",[");
        for (int i = 0; i < row.width(); i++) {
            if (i > 0) {
                json.append(',');
                cells.append('\t');
            }
            if (row.isNull(i)) {
                json.append("null");
                cells.append("\\N");
            } else {
                CellEncoder.both(json, cells, row.type(i), row.bytes(), row.start(i), row.end(i));
            }
        }
        json.append("]]");
        cells.append('\n');
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
        List<Column> columns =
                described.stream().map(it -> new Column(it.name(), it.type().name())).toList();
        return new EncodedRows(columns, json.toString(), text.toString(), count, more || cut, cut);
    }
}
