package dev.trunkline.relay;

import dev.trunkline.bus.CallEventGroup;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.relay.bridge.PacketCounts;
import dev.trunkline.relay.bridge.PacketCounts.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;

/** Every metric of the relay. Thread-safe. */
public final class RelayMetrics implements PacketCounts.Reader {
    private final MeterRegistry registry;
    private final Counter taken;
    private final Counter joinFailures;
    private final Counter roomGiven;
    private final Counter roomOwn;
    private final Counter roomNotSaid;
    private final Timer join;
    private final DistributionSummary jitter;
    private final Map<Kind, Counter> packets = new EnumMap<>(Kind.class);

    public RelayMetrics(MeterRegistry registry) {
        this.registry = registry;
        taken = Counter.builder("trunkline.relay.calls.taken")
                .description("Calls that got a port and began to join their room")
                .register(registry);
        joinFailures = Counter.builder("trunkline.relay.join.failures")
                .description("Calls whose room could not be joined")
                .register(registry);
        roomGiven = warmRooms("given");
        roomOwn = warmRooms("none");
        roomNotSaid = warmRooms("not-said");
        join = Timer.builder("trunkline.relay.join")
                .description("From receiving the admission to being in the room with a published track")
                .publishPercentileHistogram()
                .register(registry);
        jitter = DistributionSummary.builder("trunkline.relay.jitter")
                .description("Interarrival jitter of packets from phones, one sample per heartbeat")
                .baseUnit("seconds")
                .register(registry);
        for (Kind kind : Kind.values()) {
            packets.put(kind, counter(kind));
        }
    }

    /** The registry, for components that register metrics of their own: Kafka's clients. */
    public MeterRegistry registry() {
        return registry;
    }

    private Counter warmRooms(String outcome) {
        return Counter.builder("trunkline.relay.warm.rooms")
                .description("Calls whose rule has warm agents, by outcome: given (a room in which agents wait), none (no agent was"
                        + " waiting, or the relay is not asking for now), not-said (no dispatcher answered in time)")
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter counter(Kind kind) {
        return switch (kind) {
            case PHONE_TO_ROOM, ROOM_TO_PHONE -> Counter.builder("trunkline.relay.packets")
                    .description("Packets forwarded, by direction")
                    .tag("direction", label(kind))
                    .register(registry);
            case ROOM_UNUSED, WRONG_SOURCE, UNAUTHENTIC, MALFORMED, COMFORT_NOISE, OTHER_PAYLOAD, LATE, TOO_MANY, UNWANTED, UNSENT ->
                Counter.builder("trunkline.relay.packets.dropped")
                        .description("Packets not forwarded, by reason")
                        .tag("reason", label(kind))
                        .register(registry);
        };
    }

    private static String label(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Registers the gauges that are read when metrics are scraped. */
    public void watch(
            IntSupplier calls,
            IntSupplier portsInUse,
            IntSupplier portsAvailable,
            IntSupplier rooms,
            IntSupplier timers,
            IntSupplier sockets) {
        gauge("trunkline.relay.rooms", "Rooms that are joined, being joined or being left", rooms);
        gauge("trunkline.relay.timers", "Timers pending on the media loops", timers);
        gauge("trunkline.relay.sockets", "Sockets for phones and rooms on the media loops", sockets);
        gauge("trunkline.relay.calls", "Calls in progress", calls);
        gauge("trunkline.relay.ports.used", "RTP ports in use by calls", portsInUse);
        gauge("trunkline.relay.ports.available", "RTP ports now available to calls", portsAvailable);
    }

    /**
     * Registers what is read from Kafka.
     *
     * @param tail reads the events of this relay's calls from its partitions
     * @param intake reads the same partitions for new calls
     */
    public void watch(TopicTail tail, CallEventGroup intake, IntSupplier partitions) {
        FunctionCounter.builder("trunkline.relay.read", tail, TopicTail::read)
                .description("Records of call-events that this relay read, for any call, by reader")
                .tag("by", "tail")
                .register(registry);
        FunctionCounter.builder("trunkline.relay.read", intake, CallEventGroup::read)
                .description("Records of call-events that this relay read, for any call, by reader")
                .tag("by", "intake")
                .register(registry);
        gauge("trunkline.relay.partitions.assigned", "Partitions of call-events from which this relay takes new calls", partitions);
        gauge("trunkline.relay.partitions.read",
                "Partitions of call-events that this relay reads: those assigned to it and those in which it has calls",
                () -> tail.reads().size());
    }

    /** @param sounds the number of sounds, each language counted */
    public void watchSounds(IntSupplier sounds) {
        gauge("trunkline.relay.sounds", "Announcement sounds that this relay can play, counting each language", sounds);
    }

    private void gauge(String name, String description, IntSupplier value) {
        // By supplier: a gauge holds only a weak reference to the object it reads.
        Gauge.builder(name, value::getAsInt).description(description).register(registry);
    }

    /** The room of a call whose rule has warm agents is decided. @param given whether it is one in which they wait */
    public void roomSaid(boolean given) {
        (given ? roomGiven : roomOwn).increment();
    }

    /** No dispatcher said in time which room the call enters. */
    public void roomNotSaid() {
        roomNotSaid.increment();
    }

    public void callTaken() {
        taken.increment();
    }

    /** One of the calls taken was an outbound call. */
    public void legTaken(DialPurpose purpose) {
        Counter.builder("trunkline.relay.legs.taken")
                .description("Outbound calls among those that got a port and began to join their room, by purpose")
                .tag("purpose", purpose.code())
                .register(registry)
                .increment();
    }

    /**
     * The outcome of a requested hand-over is known.
     *
     * @param by one of a fixed set, as is the outcome
     */
    public void transferAsked(String by, String outcome) {
        Counter.builder("trunkline.relay.transfers")
                .description("Hand-overs requested, by means of request (rpc, data, command) and outcome: succeeded, failed, refused (by"
                        + " this relay), unheard (no outcome reported), call-ended")
                .tag("by", by)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /**
     * The outcome of forwarding a caller who has no agent is known.
     *
     * @param by one of a fixed set, as is the outcome
     */
    public void wentOn(String by, String outcome) {
        Counter.builder("trunkline.relay.forwards")
                .description("Callers sent on because the rule forwards them (rule) or no agent came (fallback), by outcome:"
                        + " answered, elsewhere (somebody else has the caller), announced, message, nobody, call-ended")
                .tag("by", by)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    public void callRefused(RefusalReason reason) {
        Counter.builder("trunkline.relay.calls.refused")
                .description("Calls refused by this relay, by reason")
                .tag("reason", reason.code())
                .register(registry)
                .increment();
    }

    public void joined(Duration took) {
        join.record(took);
    }

    /** A room could not be joined, for another reason than that it does not exist. */
    public void joinFailed() {
        joinFailures.increment();
    }

    /** A caller entered the right PIN, or no try was left. */
    public void pinJudged(boolean right) {
        pins(right ? "right" : "wrong");
    }

    private void pins(String result) {
        Counter.builder("trunkline.relay.pins")
                .description("Callers who had to enter a PIN, by result: right, wrong (no attempts left), throttled (may not try"
                        + " for a while)")
                .tag("result", result)
                .register(registry)
                .increment();
    }

    /** A call was refused because its caller has entered too many wrong PINs. */
    public void pinThrottled() {
        pins("throttled");
    }

    /**
     * A participant who had answered a caller left the room.
     *
     * @param why LiveKit's reason, one of a fixed set
     * @param alone whether the caller had nobody left
     */
    public void agentLeft(String why, boolean alone) {
        Counter.builder("trunkline.relay.agents.left")
                .description("Agents and people who left the room after answering a caller, by LiveKit's reason and by whether "
                        + "the caller was then alone")
                .tag("why", why)
                .tag("alone", Boolean.toString(alone))
                .register(registry)
                .increment();
    }

    /**
     * An announcement to a caller is over.
     *
     * @param complete whether it was played to its end
     * @param begun whether any of it was played
     */
    public void announced(boolean complete, boolean begun) {
        Counter.builder("trunkline.relay.announcements")
                .description("Announcements to callers, by outcome: complete, cut-off, or missing (nothing was played)")
                .tag("outcome", complete ? "complete" : begun ? "cut-off" : "missing")
                .register(registry)
                .increment();
    }

    /** @param outcome one of a fixed set */
    public void message(String outcome) {
        Counter.builder("trunkline.relay.messages")
                .description("Messages from callers, by outcome: stored, nothing-said, too-short, failed (nothing could be"
                        + " written), waiting (counted at each attempt that the store did not accept), or lost")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /** @param waiting the number of messages waiting for the store */
    public void watchMessages(IntSupplier waiting) {
        gauge("trunkline.relay.messages.waiting", "Messages from callers on this relay's disk that the store has yet to accept", waiting);
    }

    /** One sample of a call's jitter. */
    public void jitter(double millis) {
        jitter.record(millis / 1_000);
    }

    @Override
    public void grew(Kind kind, long by) {
        packets.get(kind).increment(by);
    }
}
