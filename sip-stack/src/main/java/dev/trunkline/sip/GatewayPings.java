package dev.trunkline.sip;

import dev.trunkline.sip.gateway.Gateway;
import dev.trunkline.sip.gateway.GatewayWatch;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.SipTransportKind;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Asks one gateway by OPTIONS, again and again, whether it is there. All of it runs on the thread of its delays. */
public final class GatewayPings implements AutoCloseable {

    /** Told of each ping, on the thread of the delays. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param status that came; 408 where none did, 503 where nothing could be sent
         * @param took until it came
         * @param up whether the gateway counts as there
         * @param changed whether it did not before, or does not any more
         */
        void pinged(Gateway gateway, int status, Duration took, boolean up, boolean changed);
    }

    private final UserAgentClient client;
    private final Gateway gateway;
    private final String from;
    private final List<String> routes;
    private final GatewayWatch watch;
    private final Delays delays;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Listener listener;
    private GatewayWatch.State state = GatewayWatch.State.BEGINNING;
    private Delays.Delayed next = () -> { };
    private long number;
    private boolean waiting;
    private boolean closed;

    /**
     * @param from URI that stands in From
     * @param routes through an outbound proxy; empty for none
     * @param nanoTime a clock that only goes forward
     * @param random for jitter, and for ids that nobody can guess
     */
    public GatewayPings(
            UserAgentClient client,
            Gateway gateway,
            String from,
            List<String> routes,
            GatewayWatch watch,
            Delays delays,
            LongSupplier nanoTime,
            RandomGenerator random,
            Listener listener) {
        this.client = client;
        this.gateway = gateway;
        this.from = from;
        this.routes = List.copyOf(routes);
        this.watch = watch;
        this.delays = delays;
        this.nanoTime = nanoTime;
        this.random = random;
        this.listener = listener;
    }

    public void start() {
        delays.execute(this::ping);
    }

    private void ping() {
        if (closed) {
            return;
        }
        long ping = ++number;
        long began = nanoTime.getAsLong();
        waiting = true;
        next = delays.after(watch.patience(), () -> pinged(ping, SipResponse.REQUEST_TIMEOUT, began));
        client.send(request(), (SipResponse answer) -> delays.execute(() -> pinged(ping, answer.status(), began)));
    }

    private OutgoingRequest request() {
        return new OutgoingRequest("OPTIONS", gateway.uri(), routes, id(), from, id(), gateway.uri(), "", 1,
                List.of(new SipHeader("Accept", "application/sdp")), gateway.transport().orElse(SipTransportKind.UDP),
                Optional.empty());
    }

    private String id() {
        byte[] octets = new byte[12];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    private void pinged(long ping, int status, long began) {
        if (closed || !waiting || ping != number) {
            // It came after its patience, or somebody stopped it.
            return;
        }
        waiting = false;
        next.stop();
        GatewayWatch.Step step = watch.on(state, status);
        state = step.state();
        try {
            listener.pinged(gateway, status, Duration.ofNanos(nanoTime.getAsLong() - began), state.up(), step.changed());
        } finally {
            next = delays.after(watch.next(state, random), this::ping);
        }
    }

    /** Asks nothing more. */
    @Override
    public void close() {
        delays.execute(() -> {
            closed = true;
            next.stop();
        });
    }
}
