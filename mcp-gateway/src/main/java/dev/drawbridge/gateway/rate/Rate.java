package dev.drawbridge.gateway.rate;

import java.time.Duration;

/// So many in a span of time: all of them at once, then as many again spread evenly over it.
public record Rate(int count, Duration within) {

    /// How long it takes until one more is allowed.
    Duration interval() {
        return within.dividedBy(count);
    }
}
