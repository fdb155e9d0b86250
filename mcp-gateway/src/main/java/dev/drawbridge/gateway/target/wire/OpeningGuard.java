package dev.drawbridge.gateway.target.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Watches over the opening of a session, from the connection until the server is ready for the
/// first time. The driver has a deadline for the connection alone: a server that accepts and says
/// nothing would hold its place in the pool, and its socket, for good.
///
/// @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">start-up</a>
final class OpeningGuard extends ByteToMessageDecoder {
    private static final int HEADER = 1 + Integer.BYTES;

    /// No message of a start-up is longer, from a server that means well.
    private static final int LONGEST = 65_536;

    private final Duration deadline;
    private @Nullable Future<?> expiry;

    OpeningGuard(Duration deadline) {
        this.deadline = deadline;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        Runnable hangUp =
                () -> {
                    var _ = context.close();
                };
        expiry = context.executor().schedule(hangUp, deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        if (expiry != null) {
            expiry.cancel(false);
        }
    }

    /// Passes on whole messages.
    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (context.pipeline().get(Session.CODEC) == null) {
            out.add(in.readRetainedSlice(in.readableBytes())); // They agree on TLS.
            return;
        }
        if (in.readableBytes() < HEADER) {
            return;
        }
        int length = in.getInt(in.readerIndex() + 1);
        if (length < Integer.BYTES || length > LONGEST) {
            throw new IllegalStateException("The server says too much");
        }
        if (in.readableBytes() > length) {
            byte kind = in.getByte(in.readerIndex());
            out.add(in.readRetainedSlice(1 + length));
            if (kind == 'Z') {
                context.pipeline().remove(this);
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.fireExceptionCaught(cause);
        var _ = context.close();
    }
}
