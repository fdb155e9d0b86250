package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.SecretBox;

import io.vertx.core.buffer.Buffer;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Pages of lists. A cursor is the key of the last entry that was told, sealed for its caller and
/// its list.
@Singleton
final class Listing {
    /// How long a client may keep a page, milliseconds: changes are told to those who listen.
    private static final long TTL_MS = 60_000;

    private static final int PAGE = 200;

    private final SecretBox secrets;

    Listing(SecretBox secrets) {
        this.secrets = secrets;
    }

    /// An entry.
    ///
    /// @param key by which the list is sorted
    /// @param json the entry
    record Entry(String key, String json) {}

    /// The page that a request asks for.
    ///
    /// @param field of the answer that holds the entries
    /// @param sorted all entries that the caller sees, by key
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for a cursor that is none
    ///   of this list and caller
    Result page(Exchange exchange, String field, List<Entry> sorted) {
        String after = after(exchange);
        var members = Buffer.buffer(1024).appendString("\"" + field + "\":[");
        int told = 0;
        String last = null;
        boolean more = false;
        for (Entry entry : sorted) {
            if (after != null && entry.key().compareTo(after) <= 0) {
                continue;
            }
            if (told == PAGE) {
                more = true;
                break;
            }
            members.appendString(told == 0 ? "" : ",").appendString(entry.json());
            last = entry.key();
            told++;
        }
        members.appendString("]");
        if (more && last != null) {
            byte[] key = last.getBytes(StandardCharsets.UTF_8);
            members.appendString(",\"nextCursor\":\"")
                    .appendString(secrets.seal(purpose(exchange), key))
                    .appendString("\"");
        }
        members.appendString(",\"ttlMs\":" + TTL_MS + ",\"cacheScope\":\"private\"");
        return Result.complete(members);
    }

    private @Nullable String after(Exchange exchange) {
        String cursor = exchange.request().optionalText("cursor");
        if (cursor == null) {
            return null;
        }
        try {
            return new String(secrets.open(purpose(exchange), cursor), StandardCharsets.UTF_8);
        } catch (IllegalStateException
                | IllegalArgumentException
                | IndexOutOfBoundsException foreign) {
            throw new Problem.Invalid("cursor", "is none of this list").exception(foreign);
        }
    }

    private static String purpose(Exchange exchange) {
        return String.join(
                "\n", "list", exchange.caller().id().toString(), exchange.request().method());
    }
}
