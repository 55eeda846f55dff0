package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.RoomGiven;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.relay.RelayMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

class CallTailTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Calls calls = new Calls(
            Clock.systemUTC(), new KeptPartitions(List.of(Topics.EVENTS), () -> 4, System::nanoTime));
    private final GivenRooms rooms = new GivenRooms(Runnable::run, System::nanoTime, new RelayMetrics(registry));
    private final CallTail tail = new CallTail(calls, rooms, new ContainedFaults(registry));

    private static ConsumerRecord<String, byte[]> record(CallRecord said, long offset) {
        var produced = CallEventCodec.encode(
                new Envelopes("/test/t", Clock.systemUTC(), UUID::randomUUID).first(said, Owners.edge("edge-t")));
        var record = new ConsumerRecord<>("call-events", 0, offset, produced.key(), produced.value());
        produced.headers().forEach(record.headers()::add);
        return record;
    }

    @Test
    void aRoomThatIsGivenBeforeItsCallIsHereIsFoundByTheCall() {
        var call = new CallId(UUID.randomUUID());
        tail.accept(record(new RoomGiven(call, Optional.of("warm"), List.of("AD_1")), 0));
        tail.accept(record(RoomGiven.none(call), 1));

        assertThat(rooms.of(call.toString()).toCompletableFuture().join()).contains("warm");
    }

    @Test
    void aCallThatWaitsForARoomGoesOnWhenItIsGiven() {
        var call = new CallId(UUID.randomUUID());
        var room = rooms.of(call.toString()).toCompletableFuture();
        assertThat(room).isNotDone();

        tail.accept(record(RoomGiven.none(call), 0));

        assertThat(room.join()).isEmpty();
    }

    @Test
    void anEventThatMakesItsReaderThrowKeepsNobodyFromTheNext() {
        tail.accept(new ConsumerRecord<>("call-events", 0, 0, "key", new byte[0]) {
            @Override
            public Headers headers() {
                throw new StackOverflowError("on purpose");
            }
        });
        var call = new CallId(UUID.randomUUID());
        var produced = CallEventCodec.encode(new Envelopes("/test/t", Clock.systemUTC(), UUID::randomUUID).first(
                new CallEnded(call, "sip-edge", EndReason.CALLER_HUNG_UP, "", false, 0, Optional.empty()),
                Owners.edge("edge-t")));
        var next = new ConsumerRecord<>("call-events", 0, 1, produced.key(), produced.value());
        produced.headers().forEach(next.headers()::add);
        tail.accept(next);

        assertThat(calls.hasEnded(call.toString())).isTrue();
        assertThat(registry.get("trunkline.contained.faults").tag("where", "call-tail").counter().count()).isEqualTo(1);
    }
}
