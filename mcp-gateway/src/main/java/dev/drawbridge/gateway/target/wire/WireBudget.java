package dev.drawbridge.gateway.target.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.net.impl.NetSocketInternal;

/// Counts what a database sends for one statement, and hangs up when it is too much: a single row
/// of 50 MB must not be held, not even once. The session is lost with it, which is cheaper than
/// draining what nobody will read.
final class WireBudget extends ChannelInboundHandlerAdapter {
    private static final String NAME = "drawbridge-budget";

    /// What the driver calls its decoder.
    private static final String CODEC = "codec";

    private volatile long left = Long.MAX_VALUE;
    private volatile boolean exceeded;

    /// The budget of a session, put into its pipeline at first use.
    static WireBudget of(NetSocketInternal socket) {
        var pipeline = socket.channelHandlerContext().pipeline();
        if (pipeline.get(NAME) instanceof WireBudget known) {
            return known;
        }
        var budget = new WireBudget();
        // A session that was lost while it waited has no codec any more, and nothing to count.
        if (pipeline.get(CODEC) != null) {
            pipeline.addBefore(CODEC, NAME, budget);
        }
        return budget;
    }

    void start(long bytes) {
        left = bytes;
    }

    boolean exceeded() {
        return exceeded;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // Only the channel's own thread reads.
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            left -= bytes.readableBytes();
            if (left < 0) {
                exceeded = true;
                bytes.release();
                var _ = context.close();
                return;
            }
        }
        context.fireChannelRead(message);
    }
}
