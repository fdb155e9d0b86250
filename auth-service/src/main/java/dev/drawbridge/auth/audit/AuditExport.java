package dev.drawbridge.auth.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drawbridge.identity.Caller;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes records as lines, page by page, so that nothing of an audit's size is held.
@Singleton
final class AuditExport {
    /// One JSON object a line (https://github.com/ndjson/ndjson-spec).
    static final String NDJSON = "application/x-ndjson";

    /// RFC 4180, with a header line.
    static final String CSV = "text/csv";

    private static final int PAGE = 1_000;
    private static final String FORMULA = "=+-@\t\r";
    private static final List<String> COLUMNS =
            List.of(
                    "id",
                    "at",
                    "action",
                    "object",
                    "outcome",
                    "userId",
                    "username",
                    "credentialType",
                    "credentialId",
                    "client",
                    "connection",
                    "database",
                    "rls",
                    "fingerprint",
                    "statement",
                    "rows",
                    "bytes",
                    "durationUs",
                    "traceId",
                    "details",
                    "hash");

    private final AuditLog log;
    private final ObjectMapper json;

    AuditExport(AuditLog log, ObjectMapper json) {
        this.log = log;
        this.json = json;
    }

    /// @param form [#NDJSON] or [#CSV]
    void write(Caller reader, AuditFilter filter, String form, OutputStream out)
            throws IOException {
        boolean csv = form.equals(CSV);
        var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        if (csv) {
            writer.append(String.join(",", COLUMNS)).append("\r\n");
        }
        AuditCursor cursor = null;
        do {
            AuditLog.Part part = log.read(reader, filter, cursor, PAGE);
            for (RecordedEvent event : part.events()) {
                if (csv) {
                    writeCsv(writer, json.valueToTree(event));
                } else {
                    writer.append(json.writeValueAsString(event)).append('\n');
                }
            }
            writer.flush();
            cursor = part.next();
        } while (cursor != null);
    }

    private static void writeCsv(Writer writer, JsonNode event) throws IOException {
        boolean first = true;
        for (String column : COLUMNS) {
            if (!first) {
                writer.append(',');
            }
            first = false;
            writer.append(cell(event.get(column)));
        }
        writer.append("\r\n");
    }

    /// Quoted wherever needed; what a spreadsheet would take for a formula is made a text.
    private static String cell(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        if (value.isNumber()) {
            return value.asText();
        }
        String text = value.isTextual() ? value.textValue() : value.toString();
        if (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
