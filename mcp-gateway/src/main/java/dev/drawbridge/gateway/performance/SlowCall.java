package dev.drawbridge.gateway.performance;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/// A call that took longer in its database than it should.
///
/// @param fingerprint tells its statement from others; null where it named none that can be read
/// @param statement the same without its literals
/// @param outcome `OK` or the code of the problem
/// @param trace the W3C trace id, by which logs and the audit know the call
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SlowCall(
        Instant at,
        String tool,
        String database,
        @Nullable UUID fingerprint,
        @Nullable String statement,
        long ms,
        int rows,
        String outcome,
        String trace) {}
