package dev.drawbridge.gateway.target.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;

import org.jspecify.annotations.Nullable;

import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Speaks PostgreSQL's protocol on a session while a flight is under way; at all other times the
/// driver does, whose codec stands behind in the pipeline: it opens the session, signs in, and
/// hears that the server goes down.
///
/// Hangs up when a flight has had enough: a single row of 50 MB must not be held, not even once.
/// The session is lost with it, which is cheaper than draining what nobody will read.
final class FlightHandler extends ChannelInboundHandlerAdapter {
    static final String NAME = "drawbridge-flight";

    private static final int HEADER = 1 + Integer.BYTES;

    private final PreparedStatements statements;
    private final DataRow row = new DataRow();
    private @Nullable ByteBuf rest;
    private @Nullable Flight flight;
    private int dropping;

    FlightHandler(PreparedStatements statements) {
        this.statements = statements;
    }

    /// Sends a flight. On the channel's event loop, one at a time.
    void depart(ChannelHandlerContext context, Flight departing) {
        if (!context.channel().isActive()) {
            departing.lost(new ClosedChannelException());
            return;
        }
        flight = departing;
        dropping = 0;
        ByteBuf out = context.alloc().ioBuffer(512);
        try {
            departing.write(new Frontend(out), statements);
        } catch (RuntimeException | Error unwritable) {
            out.release();
            land(unwritable);
            return;
        }
        var _ = context.writeAndFlush(out, context.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (flight == null || !(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        ByteBuf all;
        try {
            flight.received(bytes.readableBytes());
            all = rest == null ? bytes : join(context, rest, bytes);
            rest = all;
            drop(all);
            while (flight != null && !flight.cut() && hasMessage(all)) {
                read(context, flight, all);
            }
            dropLongRow(all);
        } catch (RuntimeException | Error unreadable) {
            land(unreadable); // Or whoever waits for it would wait forever.
            var _ = context.close();
            return;
        }
        if (flight != null && flight.cut()) {
            var _ = context.close();
        } else if (!all.isReadable()) {
            dropRest();
        } else if (flight == null) {
            rest = null;
            context.fireChannelRead(all); // What the server says by itself is for the driver.
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        land(new ClosedChannelException());
        dropRest();
        context.fireChannelInactive();
    }

    /// Knows more than that the channel is closed, which comes next.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        land(cause);
        context.fireExceptionCaught(cause);
    }

    private static ByteBuf join(ChannelHandlerContext context, ByteBuf rest, ByteBuf bytes) {
        return ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), rest, bytes);
    }

    private void dropRest() {
        if (rest != null) {
            rest.release();
            rest = null;
        }
    }

    private void land(Throwable cause) {
        Flight lost = flight;
        flight = null;
        row.shrink();
        if (lost != null) {
            lost.lost(cause);
        }
    }

    private static boolean hasMessage(ByteBuf all) {
        int available = all.readableBytes();
        return available >= HEADER && available > all.getInt(all.readerIndex() + 1);
    }

    /// A row that nobody will read is not even held until it is whole.
    private void dropLongRow(ByteBuf all) {
        int at = all.readerIndex();
        if (flight != null
                && all.readableBytes() >= HEADER
                && all.getByte(at) == 'D'
                && flight.drops(all.getInt(at + 1))) {
            dropping = 1 + all.getInt(at + 1);
            drop(all);
        }
    }

    private void drop(ByteBuf all) {
        int dropped = Math.min(dropping, all.readableBytes());
        all.skipBytes(dropped);
        dropping -= dropped;
    }

    private void read(ChannelHandlerContext context, Flight current, ByteBuf message) {
        byte kind = message.readByte();
        int length = message.readInt() - Integer.BYTES;
        int end = message.readerIndex() + length;
        switch (kind) {
            case '1' -> current.parseComplete(statements);
            case '2' -> current.bindComplete();
            case 't' -> current.parametersDescribed(parameterTypes(message));
            case 'T' -> current.rowsDescribed(columns(message));
            case 'D' -> current.row(row, message, length);
            case 'C' -> current.stepComplete(current.reads() ? "" : text(message));
            case 's', 'I' -> current.stepComplete("");
            case 'E' -> current.failed(ServerError.read(message, length), statements);
            case 'Z' -> ready(context, current, message.readByte());
            case 'n' -> current.described();
            case '3', 'N', 'S', 'A' -> {} // Nothing that a flight depends on.
            default -> throw new IllegalStateException("Unexpected message " + (char) kind);
        }
        message.readerIndex(end);
    }

    private void ready(ChannelHandlerContext context, Flight current, byte status) {
        if (current.needsRollback(status)) {
            ByteBuf out = context.alloc().ioBuffer(32);
            new Frontend(out).query(current.undo());
            var _ = context.writeAndFlush(out, context.voidPromise());
        } else {
            flight = null;
            row.shrink();
            current.landed(status);
        }
    }

    private static List<Integer> parameterTypes(ByteBuf message) {
        int count = message.readUnsignedShort();
        List<Integer> types = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            types.add(message.readInt());
        }
        return types;
    }

    private static List<DataRow.ColumnType> columns(ByteBuf message) {
        int width = message.readUnsignedShort();
        List<DataRow.ColumnType> columns = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            String name = text(message);
            message.skipBytes(Integer.BYTES + Short.BYTES);
            columns.add(new DataRow.ColumnType(name, PgType.of(message.readInt())));
            message.skipBytes(Short.BYTES + Integer.BYTES + Short.BYTES);
        }
        return columns;
    }

    private static String text(ByteBuf message) {
        int length = message.bytesBefore((byte) 0);
        String text = message.toString(message.readerIndex(), length, StandardCharsets.UTF_8);
        message.skipBytes(length + 1);
        return text;
    }
}
