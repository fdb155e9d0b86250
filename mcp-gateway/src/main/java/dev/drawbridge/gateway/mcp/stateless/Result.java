package dev.drawbridge.gateway.mcp.stateless;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/// The member `result` of an answer.
///
/// @param type of result: `complete`, `input_required`, or one of an extension
/// @param members of the JSON object without its braces, and without type and metadata
record Result(String type, Buffer members) {
    static final String COMPLETE = "complete";

    static Result complete(JsonObject members) {
        return of(COMPLETE, members);
    }

    static Result of(String type, JsonObject members) {
        Buffer json = members.toBuffer();
        return new Result(type, json.slice(1, json.length() - 1));
    }

    /// An answer that a client may keep. It is always its caller's alone: what there is differs
    /// from caller to caller.
    ///
    /// @param ttlMs how long, in milliseconds
    static Result kept(JsonObject members, long ttlMs) {
        return complete(members.put("ttlMs", ttlMs).put("cacheScope", "private"));
    }
}
