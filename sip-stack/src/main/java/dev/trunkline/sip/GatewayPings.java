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

/** Pings one gateway by OPTIONS at intervals to see whether it is up. Everything runs on the thread of its delays. */
public final class GatewayPings implements AutoCloseable {

    /** Called for each ping, on the thread of the delays. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param status of the response; 408 if none arrived, 503 if the request could not be sent
         * @param took time until the response
         * @param up whether the gateway is considered up
         * @param changed whether this ping changed that
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
     * @param from URI for From
     * @param routes through an outbound proxy; empty for none
     * @param nanoTime a monotonic clock
     * @param random for jitter, and for ids that cannot be guessed
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
            // The response came after the timeout, or the pings were stopped.
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

    /** Stops the pings. */
    @Override
    public void close() {
        delays.execute(() -> {
            closed = true;
            next.stop();
        });
    }
}
