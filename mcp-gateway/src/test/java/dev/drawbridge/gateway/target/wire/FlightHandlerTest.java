package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.AnswerRooms;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// What a server may say in an unlucky moment, which no real one says on request.
class FlightHandlerTest {
    private static final int ENOUGH = 10_000;

    private final AtomicInteger landings = new AtomicInteger();
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new FlightHandler(new PreparedStatements(true)));

    @Test
    void an_answer_is_whole_although_the_next_one_on_the_session_is_cut() {
        Flight first = depart("select 1", ENOUGH);
        channel.writeInbound(answer());
        Flight second = depart("select 2", 10);
        channel.writeInbound(answer());

        assertThat(first.failure()).isNull();
        assertThat(first.cut()).isFalse();
        assertThat(second.cut()).isTrue();
        assertThat(second.failure()).isNotNull();
        assertThat(channel.isOpen()).isFalse();
        assertThat(landings).hasValue(2);
    }

    @Test
    void an_error_behind_the_last_answer_fails_the_flight() {
        Flight flight = depart("select 1", ENOUGH);
        ByteBuf steps = answer();
        channel.writeInbound(steps.readBytes(steps.readableBytes() - READY.length), error());
        channel.close();

        assertThat(flight.failure()).isInstanceOf(ServerError.class);
        assertThat(flight.ended()).isFalse();
        assertThat(landings).hasValue(1);
    }

    @Test
    void what_comes_in_pieces_is_read_as_if_it_came_whole() {
        Flight flight = depart("select 1", ENOUGH);
        ByteBuf all = answer();
        while (all.isReadable()) {
            channel.writeInbound(all.readBytes(1));
        }

        assertThat(flight.failure()).isNull();
        assertThat(flight.ended()).isTrue();
        assertThat(landings).hasValue(1);
    }

    @Test
    void what_the_server_says_behind_a_flight_reaches_the_driver() {
        depart("select 1", ENOUGH);
        channel.writeInbound(Unpooled.wrappedBuffer(answer(), error()));
        channel.writeInbound(error());

        ByteBuf first = channel.readInbound();
        ByteBuf second = channel.readInbound();
        assertThat(first).isEqualTo(error());
        assertThat(second).isEqualTo(error());
    }

    @Test
    void a_message_that_no_read_is_answered_with_ends_the_session() {
        Flight flight = depart("copy t to stdout", ENOUGH);
        channel.writeInbound(message('H', new byte[] {0, 0, 0}));

        assertThat(flight.failure()).isInstanceOf(IllegalStateException.class);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void no_memory_for_an_answer_ends_the_flight() {
        var exhausted = new OutOfMemoryError("no heap");
        Flight flight =
                depart(
                        Step.of("select 'x'", List.of(), 1),
                        _ -> {
                            throw exhausted;
                        },
                        ENOUGH);
        channel.writeInbound(rowOf(4));

        assertThat(flight.failure()).isSameAs(exhausted);
        assertThat(landings).hasValue(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void rows_that_the_sink_does_not_want_any_more_end_the_session() {
        Flight flight = depart(Step.of("select 'x'", List.of(), 1), _ -> false, ENOUGH);
        channel.writeInbound(rowOf(4));

        assertThat(flight.cut()).isTrue();
        assertThat(landings).hasValue(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void a_session_does_not_keep_the_memory_of_a_large_row() {
        var seen = new DataRow[1];
        depart(
                Step.of("select 'x'", List.of(), 1),
                row -> {
                    seen[0] = row;
                    return true;
                },
                10_000_000);
        channel.writeInbound(rowOf(1_000_000));
        assertThat(seen[0].bytes()).hasSizeGreaterThan(1_000_000);
        channel.writeInbound(message('C', new byte[] {0}), message('C', new byte[] {0}));
        channel.writeInbound(Unpooled.wrappedBuffer(READY));

        assertThat(landings).hasValue(1);
        assertThat(seen[0].bytes()).hasSizeLessThan(100_000);
    }

    @Test
    void parameters_that_cannot_be_written_send_nothing() {
        Object unwritable =
                new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("no text");
                    }
                };
        var step = Step.of("select $1", List.of(unwritable), 1);
        Flight flight = depart(step, _ -> true, ENOUGH);

        assertThat(flight.failure()).hasMessage("no text");
        assertThat(flight.ended()).isFalse();
        assertThat((Object) channel.readOutbound()).isNull();
        assertThat(landings).hasValue(1);
    }

    private Flight depart(String sql, long bytes) {
        return depart(Step.of(sql, List.of(), 1), _ -> true, bytes);
    }

    private Flight depart(Step step, RowSink sink, long bytes) {
        var budget = new AnswerBudget(AnswerRooms.of(TargetPoolCase.config()).share(), bytes);
        var flight = new Flight(List.of(step), 0, sink, budget, landings::incrementAndGet);
        handler().depart(channel.pipeline().context(handler()), flight);
        return flight;
    }

    private FlightHandler handler() {
        return channel.pipeline().get(FlightHandler.class);
    }

    private static final byte[] READY = {'Z', 0, 0, 0, 5, 'I'};

    /// BEGIN, a statement without columns, ROLLBACK, each prepared; then ready.
    private static ByteBuf answer() {
        ByteBuf all = Unpooled.buffer();
        for (int step = 0; step < 3; step++) {
            all.writeBytes(message('1', new byte[0]))
                    .writeBytes(message('n', new byte[0]))
                    .writeBytes(message('2', new byte[0]))
                    .writeBytes(message('C', "OK\0".getBytes(StandardCharsets.US_ASCII)));
        }
        return all.writeBytes(READY);
    }

    /// BEGIN, and a row of one text.
    private static ByteBuf rowOf(int length) {
        ByteBuf row = Unpooled.buffer().writeShort(1).writeInt(length).writeZero(length);
        byte[] body = new byte[row.readableBytes()];
        row.readBytes(body);
        return Unpooled.wrappedBuffer(message('C', new byte[] {0}), message('D', body));
    }

    private static ByteBuf error() {
        return message('E', "C57P01\0Mgone\0\0".getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuf message(char kind, byte[] body) {
        return Unpooled.buffer()
                .writeByte(kind)
                .writeInt(Integer.BYTES + body.length)
                .writeBytes(body);
    }
}
