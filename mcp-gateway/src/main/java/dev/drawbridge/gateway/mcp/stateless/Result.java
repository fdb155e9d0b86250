package dev.drawbridge.gateway.mcp.stateless;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/// The member `result` of an answer. It writes itself where the answer is put together: large ones
/// are copied no more often than they must.
///
/// @param type of result: `complete`, `input_required`, or one of an extension
/// @param size of the members, about, bytes; 0 if there are none
/// @param meta more of the metadata, a JSON object; null if there is none
/// @param members appends those of the JSON object, without its braces, type and metadata
record Result(String type, int size, @Nullable String meta, Consumer<Buffer> members) {
    static final String COMPLETE = "complete";

    static Result complete(JsonObject members) {
        return of(COMPLETE, members);
    }

    static Result of(String type, JsonObject members) {
        Buffer json = members.toBuffer();
        return of(type, json.slice(1, json.length() - 1));
    }

    private static Result of(String type, Buffer members) {
        return new Result(type, members.length(), null, to -> to.appendBuffer(members));
    }

    static Result complete(Buffer members) {
        return of(COMPLETE, members);
    }

    /// An answer that a client may keep. It is always its caller's alone: what there is differs
    /// from caller to caller.
    ///
    /// @param ttlMs how long, in milliseconds
    static Result kept(JsonObject members, long ttlMs) {
        return complete(members.put("ttlMs", ttlMs).put("cacheScope", "private"));
    }
}
