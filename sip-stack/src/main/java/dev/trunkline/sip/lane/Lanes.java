package dev.trunkline.sip.lane;

import dev.trunkline.sip.net.Faults;
import dev.trunkline.sip.net.PacketSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * All lanes. Thread-safe.
 *
 * @param <M> messages
 */
public final class Lanes<M> implements AutoCloseable {
    private final List<Lane<M>> lanes;
    private final long seed;

    /**
     * @param count of lanes, 1 or more
     * @param seed of the hash that assigns Call-IDs to lanes: it must be unknown to peers, otherwise a flood could direct all
     *     its calls to one lane
     * @param work handles a message, on the given lane
     */
    public Lanes(int count, long seed, BiConsumer<Lane<M>, M> work, LongSupplier nanoTime, Faults faults) {
        if (count < 1) {
            throw new IllegalArgumentException("there must be at least one lane, not " + count);
        }
        this.seed = seed;
        var all = new ArrayList<Lane<M>>(count);
        for (int i = 0; i < count; i++) {
            int number = i;
            all.add(new Lane<>("sip-lane-" + i, message -> work.accept(lane(number), message), nanoTime, faults));
        }
        lanes = List.copyOf(all);
    }

    private Lane<M> lane(int number) {
        return lanes.get(number);
    }

    public void start() {
        lanes.forEach(Lane::start);
    }

    public List<Lane<M>> all() {
        return lanes;
    }

    public Lane<M> of(String callId) {
        byte[] octets = callId.getBytes(StandardCharsets.UTF_8);
        return byHash(CallIdScan.hash(octets, 0, octets.length, seed));
    }

    /**
     * @param octets a message
     * @param source identifies its sender, for a message without a Call-ID
     */
    public Lane<M> of(byte[] octets, byte[] source) {
        OptionalLong hash = CallIdScan.of(octets, seed);
        return byHash(hash.isPresent() ? hash.getAsLong() : CallIdScan.hash(source, 0, source.length, seed));
    }

    /** Returns a hash of a message and its sender, as unpredictable as that of the Call-ID. */
    public long hash(byte[] octets, PacketSource source) {
        byte[] address = source.address().getAddress();
        return CallIdScan.hash(octets, 0, octets.length, CallIdScan.hash(address, 0, address.length, seed) + source.port());
    }

    private Lane<M> byHash(long hash) {
        return lanes.get((int) Long.remainderUnsigned(hash, lanes.size()));
    }

    public int waiting() {
        int waiting = 0;
        for (Lane<M> lane : lanes) {
            waiting += lane.waiting();
        }
        return waiting;
    }

    /** Asks each lane for a sign of life. */
    public void ask() {
        lanes.forEach(Lane::ask);
    }

    public boolean alive() {
        return lanes.stream().allMatch(Lane::alive);
    }

    /**
     * Waits until every queued message has been processed. Must be called when no further ones arrive.
     *
     * @param late pauses for a moment, and returns whether to stop waiting
     * @return false if messages were left when waiting stopped
     */
    public boolean settle(BooleanSupplier late) {
        return lanes.stream().allMatch(lane -> lane.settle(late));
    }

    @Override
    public void close() {
        lanes.forEach(Lane::close);
        lanes.forEach(Lane::awaitEnd);
    }
}
