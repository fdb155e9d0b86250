package dev.drawbridge.gateway.target.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Watches over the opening of a session, from the connection until the server is ready for the
/// first time. The driver has a deadline for the connection alone: a server that accepts and says
/// nothing would hold its place in the pool, and its socket, for good. And it shows the password to
/// whoever asks for it.
///
/// @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">start-up</a>
final class OpeningGuard extends ByteToMessageDecoder {
    /// Ours, in the class of refused logins.
    static final String CLEAR_PASSWORD = "28DB0";

    private static final int HEADER = 1 + Integer.BYTES;

    /// No message of a start-up is longer, from a server that means well.
    private static final int LONGEST = 65_536;

    /// AuthenticationCleartextPassword.
    private static final int CLEARTEXT = 3;

    /// As a server refuses a login: to the driver it is one more refusal.
    private static final byte[] REFUSAL =
            ("SFATAL\0C" + CLEAR_PASSWORD + "\0MThe password is not shown\0\0")
                    .getBytes(StandardCharsets.US_ASCII);

    private final Duration deadline;
    private final ClearPassword clear;
    private @Nullable Future<?> expiry;

    /// @param deadline from the connection until the server is ready
    OpeningGuard(Duration deadline, ClearPassword clear) {
        this.deadline = deadline;
        this.clear = clear;
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
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
            throws ProtocolException {
        if (context.pipeline().get(Session.CODEC) == null) {
            out.add(in.readRetainedSlice(in.readableBytes())); // They agree on TLS.
            return;
        }
        if (in.readableBytes() < HEADER) {
            return;
        }
        int length = in.getInt(in.readerIndex() + 1);
        if (length < Integer.BYTES || length > LONGEST) {
            throw new ProtocolException("The server says too much");
        }
        if (in.readableBytes() > length) {
            pass(context, in, 1 + length, out);
        }
    }

    private void pass(ChannelHandlerContext context, ByteBuf in, int length, List<Object> out) {
        byte kind = in.getByte(in.readerIndex());
        if (kind == 'R' && asksForPassword(in, length) && !mayShow(context)) {
            in.skipBytes(in.readableBytes());
            out.add(
                    context.alloc()
                            .buffer()
                            .writeByte('E')
                            .writeInt(Integer.BYTES + REFUSAL.length)
                            .writeBytes(REFUSAL));
            var _ = context.close();
            return;
        }
        out.add(in.readRetainedSlice(length));
        if (kind == 'Z') {
            context.pipeline().remove(this);
        }
    }

    private static boolean asksForPassword(ByteBuf in, int length) {
        return length >= HEADER + Integer.BYTES
                && in.getInt(in.readerIndex() + HEADER) == CLEARTEXT;
    }

    private boolean mayShow(ChannelHandlerContext context) {
        return context.channel().remoteAddress() instanceof InetSocketAddress server
                && clear.mayGoTo(server.getAddress());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.fireExceptionCaught(cause);
        var _ = context.close();
    }
}
