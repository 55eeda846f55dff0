package dev.trunkline.sip;

import dev.trunkline.sip.lane.Lane;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A server transaction as its user sees it. It may be used on any thread; its actions run on the lane. */
final class LaneServerTransaction implements ServerTransaction {
    private final SipRequest request;
    private final long arrived;
    private final KeptServer<?> kept;
    private final ServerSide side;
    private final Lane<?> lane;
    private final LongSupplier nanoTime;
    private final Optional<ServerTransaction> cancelled;
    /** The last response that its user repeats; owned by the lane. */
    private byte[] repeated = new byte[0];

    LaneServerTransaction(
            SipRequest request,
            long arrived,
            KeptServer<?> kept,
            ServerSide side,
            Lane<?> lane,
            LongSupplier nanoTime,
            Optional<ServerTransaction> cancelled) {
        this.request = request;
        this.arrived = arrived;
        this.kept = kept;
        this.side = side;
        this.lane = lane;
        this.nanoTime = nanoTime;
        this.cancelled = cancelled;
    }

    @Override
    public SipRequest request() {
        return request;
    }

    @Override
    public Duration waited() {
        return Duration.ofNanos(nanoTime.getAsLong() - arrived);
    }

    @Override
    public void respond(OutgoingResponse reply) {
        lane.execute(() -> side.respond(this, kept, reply)
                .filter(octets -> reply.isRepeated())
                .ifPresent(octets -> repeated = octets));
    }

    @Override
    public void repeat() {
        lane.execute(() -> kept.send(repeated));
    }

    @Override
    public Optional<ServerTransaction> cancelled() {
        return cancelled;
    }
}
