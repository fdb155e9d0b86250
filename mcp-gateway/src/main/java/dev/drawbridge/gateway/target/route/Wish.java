package dev.drawbridge.gateway.target.route;

import java.util.OptionalLong;

/// What a call needs of the endpoint that serves it.
///
/// @param writes whether only the primary will do
/// @param nearest whether the shortest way counts more than an even load
/// @param wroteAt when the caller last wrote, by `System.nanoTime`, if that was lately
public record Wish(boolean writes, boolean nearest, OptionalLong wroteAt) {
    /// Of a write.
    public static final Wish WRITE = new Wish(true, false, OptionalLong.empty());

    /// Of a read by somebody who has written nothing lately.
    public static final Wish READ = new Wish(false, false, OptionalLong.empty());

    /// The same, wherever it is nearest.
    public static final Wish NEAR = new Wish(false, true, OptionalLong.empty());

    /// Of a read by somebody who wrote.
    public Wish after(OptionalLong write) {
        return write.isEmpty() ? this : new Wish(writes, nearest, write);
    }
}
