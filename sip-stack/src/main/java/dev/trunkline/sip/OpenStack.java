package dev.trunkline.sip;

import dev.trunkline.sip.lane.Lane;
import dev.trunkline.sip.lane.Lanes;
import dev.trunkline.sip.locate.Candidate;
import dev.trunkline.sip.locate.Target;
import dev.trunkline.sip.message.MessageParser;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.Parsed;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.DropReason;
import dev.trunkline.sip.net.Listener;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipBindException;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.transport.Arrival;
import dev.trunkline.sip.transport.Endpoint;
import dev.trunkline.sip.transport.Inlet;
import dev.trunkline.sip.transport.StreamEndpoint;
import dev.trunkline.sip.transport.StreamParts;
import dev.trunkline.sip.transport.UdpEndpoint;
import dev.trunkline.sip.transport.tls.ReloadedTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An open stack: sockets, lanes, and the path from one to the other. */
final class OpenStack implements Inlet {
    /** Names in the fault counts. */
    private static final String WATCH = "sip-watch";
    private static final String LOCATE = "sip-locate";

    private static final List<byte[]> BEGINNINGS = List.of(
            "INVITE ".getBytes(StandardCharsets.US_ASCII), "OPTIONS ".getBytes(StandardCharsets.US_ASCII));
    /** Messages that belong to ongoing calls have this many times the room of those that begin a call. */
    private static final int ROOM = 4;
    private static final long TICK_MILLIS = 1_000;

    private final StackParts parts;
    private final SipHandler handler;
    private final Optional<ReloadedTls> tls;
    private final Lanes<Arrival> lanes;
    private final WaitingDatagrams waiting;
    private final Map<Lane<Arrival>, LaneDesk> desks = new HashMap<>();
    private final Endpoints endpoints;
    private final List<Runnable> starts = new ArrayList<>();
    /** How many messages may wait for one lane before INVITEs and OPTIONS are dropped. */
    private final int unread;
    private final Outcomes outcomes = new Outcomes();
    /** For how many consecutive checks a component has not answered. */
    private volatile int silent;
    private volatile boolean closed;
    /** Whether messages are accepted; below, how many threads are about to hand one to its lane. */
    private volatile boolean taking = true;
    private final AtomicInteger entering = new AtomicInteger();

    /** Opens every socket; nothing is read before {@link #start}. */
    OpenStack(StackParts parts, SipHandler handler, Optional<ReloadedTls> tls) {
        this.parts = parts;
        this.handler = handler;
        this.tls = tls;
        this.unread = Math.max(1, parts.settings().unread() / parts.lanes());
        this.lanes = new Lanes<>(parts.lanes(), parts.identifiers().seed(),
                this::take, parts.nanoTime(), parts.faults());
        this.waiting = new WaitingDatagrams(arrival -> lanes.hash(arrival.octets(), arrival.source()));
        endpoints = new Endpoints(opened());
        lanes.all().forEach(lane -> desks.put(lane, new LaneDesk(parts, handler, endpoints, lane)));
    }

    private void take(Lane<Arrival> lane, Arrival arrival) {
        waiting.forget(arrival);
        desk(lane).take(arrival);
    }

    private LaneDesk desk(Lane<Arrival> lane) {
        return desks.get(lane);
    }

    private List<Endpoint> opened() {
        var opened = new ArrayList<Endpoint>();
        for (Listener listener : parts.settings().listeners()) {
            try {
                opened.add(open(listener));
            } catch (IOException | RuntimeException e) {
                opened.forEach(Endpoint::close);
                throw new SipBindException("SIP cannot listen on " + listener + ": the port may be taken, or the address"
                        + " may not belong to this machine", e);
            }
        }
        return opened;
    }

    private Endpoint open(Listener listener) throws IOException {
        if (listener.transport().isStream()) {
            var stream = new StreamEndpoint(listener, new StreamParts(
                    parts.guard(), parts.settings().limits(), parts.settings().mark(), parts.watch(), tls, this, parts.nanoTime(), parts.faults()));
            starts.add(stream::start);
            return stream;
        }
        var udp = new UdpEndpoint(
                listener, parts.settings().receiveBufferBytes(), parts.settings().mark(), parts.guard(), this, parts.nanoTime(), parts.faults());
        starts.add(udp::start);
        return udp;
    }

    void start() {
        lanes.start();
        starts.forEach(Runnable::run);
        // Not a virtual thread: the thread that checks whether others are stuck must not wait for their carriers.
        Thread.ofPlatform().daemon().name("sip-watch").start(this::watch);
        tls.ifPresent(certificates -> Thread.ofVirtual().name("sip-certificates").start(() -> look(certificates)));
    }

    /** Checks every component once a second, so that health checks need not wait for answers. */
    private void watch() {
        while (pause(TICK_MILLIS)) {
            parts.faults().contain(WATCH, () -> {
                silent = answered() ? 0 : silent + 1;
                ask();
            });
        }
    }

    private void look(ReloadedTls certificates) {
        while (pause(parts.settings().tls().orElseThrow().look().toMillis())) {
            parts.faults().contain(WATCH, certificates::look);
        }
    }

    /** @return whether we are still open */
    private boolean pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            // Only close ends this thread.
        }
        return !closed;
    }

    private void ask() {
        lanes.ask();
        endpoints.ask();
    }

    @Override
    public boolean received(Arrival arrival) {
        entering.incrementAndGet();
        try {
            // A datagram is treated as lost in transit; a connection is not read further.
            return taking ? taken(arrival) : arrival.connection().isEmpty();
        } finally {
            entering.decrementAndGet();
        }
    }

    private boolean taken(Arrival arrival) {
        Lane<Arrival> lane = lanes.of(arrival.octets(), arrival.source().address().getAddress());
        if (waiting.repeats(arrival, lane)) {
            parts.watch().dropped(DropReason.REPEATED);
            return true;
        }
        if (lane.offer(arrival, begins(arrival.octets()) ? unread : ROOM * unread)) {
            return true;
        }
        waiting.forget(arrival);
        if (arrival.connection().isEmpty()) {
            parts.watch().dropped(DropReason.OVERLOAD);
        }
        return false;
    }

    /** Returns whether a message may begin a call or an OPTIONS exchange; these are dropped first. */
    private static boolean begins(byte[] octets) {
        for (byte[] beginning : BEGINNINGS) {
            if (octets.length >= beginning.length
                    && Arrays.equals(octets, 0, beginning.length, beginning, 0, beginning.length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<byte[]> broken(byte[] head, PacketSource source) {
        Optional<byte[]> reply = MessageParser.parse(head, source) instanceof Parsed.Refused refused
                ? Optional.of(refused.reply())
                : Optional.empty();
        parts.watch().malformed(reply.isPresent());
        return reply;
    }

    @Override
    public boolean inUse(PacketSource connection) {
        return handler.inUse(connection);
    }

    ClientTransaction send(OutgoingRequest request, ResponseHandler outcome) {
        ResponseHandler once = outcomes.awaited(request, outcome);
        Lane<Arrival> lane = lanes.of(request.callId());
        ClientSide side = desk(lane).client();
        var call = new ClientCall(request, once, side, lane);
        if (closed) {
            // The close may already have handled the other outcomes.
            once.answered(SipResponse.missing(request, SipResponse.SERVICE_UNAVAILABLE));
            return call;
        }
        located(request, candidates -> lane.execute(() -> side.begin(call, candidates)));
        return call;
    }

    void acknowledge(OutgoingRequest ack) {
        Lane<Arrival> lane = lanes.of(ack.callId());
        located(ack, candidates -> lane.execute(() -> desk(lane).client().acknowledge(ack, candidates)));
    }

    void answerInstead(byte[] octets, PacketSource source, OutgoingResponse reply) {
        if (source.transport() == SipTransportKind.UDP && MessageParser.parse(octets, source) instanceof Parsed.Request(var request)) {
            endpoints.towards(source.transport(), source.address()).ifPresent(endpoint -> {
                var arrival = new Arrival(octets, source, endpoint, Optional.empty(), parts.nanoTime().getAsLong());
                Lane<Arrival> lane = lanes.of(request.callId());
                lane.execute(() -> desk(lane).server().answerInstead(request, arrival, reply));
            });
        }
    }

    /** Calls back with the places for a request; with none if they cannot be found. */
    private void located(OutgoingRequest request, Consumer<List<Candidate>> then) {
        boolean asked = parts.faults().contain(LOCATE, () -> parts.locating()
                .apply(spoken(Target.of(request), request.transport()))
                .whenComplete((candidates, failure) -> then.accept(failure == null ? candidates : List.of())));
        if (!asked) {
            then.accept(List.of());
        }
    }

    /** Replaces a transport that has no listener by the dialog's transport; never replaces TLS. */
    private Target spoken(Target target, SipTransportKind dialogs) {
        boolean unspoken = target.transport().filter(kind -> !endpoints.speak(kind)).isPresent();
        return unspoken && !target.secure()
                ? new Target(target.host(), target.port(), Optional.of(dialogs), false)
                : target;
    }

    boolean alive() {
        boolean alive = !closed && answered();
        ask();
        return alive;
    }

    private boolean answered() {
        return lanes.alive() && endpoints.alive();
    }

    Duration silence() {
        return Duration.ofMillis(closed ? 0 : silent * TICK_MILLIS);
    }

    int unread() {
        return lanes.waiting();
    }

    int underWay() {
        return outcomes.size();
    }

    /** Returns the number of server transactions on all lanes. */
    int kept() {
        return desks.values().stream().mapToInt(desk -> desk.server().size()).sum();
    }

    boolean settle(Duration within) {
        taking = false;
        long end = parts.nanoTime().getAsLong() + within.toNanos();
        while (entering.get() > 0) {
            if (late(end)) {
                return false;
            }
        }
        return lanes.settle(() -> late(end));
    }

    /** Pauses for a moment. @return whether the time is over, or this thread was interrupted */
    private boolean late(long end) {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
        return parts.nanoTime().getAsLong() - end >= 0;
    }

    void close() {
        closed = true;
        lanes.close();
        endpoints.close();
        outcomes.close(parts.faults());
    }
}
