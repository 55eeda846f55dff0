package dev.trunkline.edge.metrics;

import dev.trunkline.bus.SteadyClock;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.sip.net.DropReason;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.net.TransportWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Every metric of the edge. */
public final class EdgeMetrics implements TransportWatch {
    /** A sender must not be able to invent time series. */
    private static final Set<String> METHODS = Set.of(
            "INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "UPDATE", "INFO", "NOTIFY", "PRACK", "REFER", "REGISTER",
            "SUBSCRIBE", "MESSAGE", "PUBLISH");

    private static final List<String> CREDENTIALS = List.of("right", "missing", "stale", "replayed", "malformed", "wrong", "throttled");

    private final MeterRegistry registry;
    private final Map<DropReason, Counter> dropped = new EnumMap<>(DropReason.class);
    private final Counter full;
    private final Counter publishFailures;
    private final Counter resumed;
    private final Counter messagesLeftOut;
    private final Counter hepLeftOut;
    private final Timer setup;
    private final Timer legsHeard;
    private final Counter certificatesRefused;
    private final AtomicLong certificateEnd = new AtomicLong();
    private final Map<SipTransportKind, AtomicInteger> connections = new EnumMap<>(SipTransportKind.class);

    public EdgeMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (DropReason why : DropReason.values()) {
            dropped.put(why, Counter.builder("trunkline_edge_dropped_packets")
                    .description("Packets and connections that got no answer")
                    .tag("reason", why.code())
                    .register(registry));
        }
        full = Counter.builder("trunkline_edge_full_refusals")
                .description("Requests that got 503 because their lane holds as many transactions or octets as it may")
                .register(registry);
        publishFailures = Counter.builder("trunkline_edge_publish_failures")
                .description("Events that Kafka did not accept")
                .register(registry);
        messagesLeftOut = Counter.builder("trunkline_edge_messages_left_out")
                .description("SIP messages missing from the ladders of calls because they arrived faster than they could be published")
                .register(registry);
        hepLeftOut = Counter.builder("trunkline_edge_hep_left_out")
                .description("SIP messages that could not be sent to Homer")
                .register(registry);
        resumed = Counter.builder("trunkline_edge_resumed_calls")
                .description("Calls of an earlier process that were resumed from the events")
                .register(registry);
        certificatesRefused = Counter.builder("trunkline_edge_tls_reload_failures")
                .description("Changed certificate files that could not be used; the previous ones stayed in use")
                .register(registry);
        Gauge.builder("trunkline_edge_tls_certificate_end_seconds", certificateEnd, AtomicLong::get)
                .description("When the TLS certificate expires, in seconds of Unix time; 0 without TLS")
                .register(registry);
        for (SipTransportKind transport : SipTransportKind.values()) {
            var open = new AtomicInteger();
            connections.put(transport, open);
            if (transport.isStream()) {
                Gauge.builder("trunkline_edge_connections", open, AtomicInteger::get)
                        .description("Open connections")
                        .tag("transport", transport.code())
                        .register(registry);
            }
        }
        legsHeard = Timer.builder("trunkline_edge_post_dial_delay")
                .description("Outbound calls: from the INVITE to the first ringing, early media or final response")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(10))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
        setup = Timer.builder("trunkline_edge_setup")
                .description("From the INVITE to its 200")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(5))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
        // At zero from the start: Prometheus sees no increase in a series that begins with the first call that was lost.
        CREDENTIALS.forEach(this::checked);
        Stream.of(RefusalReason.values()).map(RefusalReason::code).forEach(outcome -> ended(outcome, false));
        Stream.of(EndReason.values()).map(EndReason::code).forEach(outcome -> {
            ended(outcome, false);
            ended(outcome, true);
        });
    }

    /** Run for each SIP message that is missing in the ladder of its call. */
    public Runnable messageLeftOut() {
        return messagesLeftOut::increment;
    }

    /** Run for each SIP message that could not be sent to Homer. */
    public Runnable hepLeftOut() {
        return hepLeftOut::increment;
    }

    /** For components with metrics of their own: Kafka's clients. */
    public MeterRegistry registry() {
        return registry;
    }

    /**
     * @param calls how many are not over
     * @param unread how many messages wait to be parsed
     * @param transactions how many requests of trunks have one
     * @param relays how many live
     */
    public void watch(
            Supplier<Number> calls, Supplier<Number> unread, Supplier<Number> transactions, Supplier<Number> relays) {
        Gauge.builder("trunkline_edge_transactions", transactions)
                .description("Requests of trunks that have a transaction")
                .register(registry);
        Gauge.builder("trunkline_edge_relays", relays)
                .description("Media relays whose own heartbeat arrives")
                .register(registry);
        Gauge.builder("trunkline_edge_calls", calls)
                .description("Calls that are not over")
                .register(registry);
        Gauge.builder("trunkline_edge_unread_datagrams", unread)
                .description("SIP messages that arrived and wait to be parsed")
                .register(registry);
    }

    /** Registers the metrics of reading Kafka. @param tail of the calls' topics @param owned how many partitions are this edge's */
    public void watch(TopicTail tail, Supplier<Number> owned) {
        FunctionCounter.builder("trunkline_edge_read", tail, TopicTail::read)
                .description("Records of the calls' topics that this edge read, whichever call they belong to")
                .register(registry);
        Gauge.builder("trunkline_edge_partitions_owned", owned)
                .description("Partitions of the calls' topics into which this edge's new calls fall")
                .register(registry);
        Gauge.builder("trunkline_edge_partitions_read", () -> tail.reads().size())
                .description("Partitions of the calls' topics that this edge reads: its own, and those in which it has calls")
                .register(registry);
    }

    /** Metrics of outbound trunks. */
    public OutboundMetrics outbound() {
        return new OutboundMetrics(registry, SteadyClock.ofThisProcess());
    }

    /** @param outcome the result for a request's credentials */
    public void credentials(String outcome) {
        checked(outcome).increment();
    }

    private Counter checked(String outcome) {
        return counter("trunkline_edge_credentials",
                "Results of checking the credentials of requests: right, missing, stale, replayed, malformed, wrong, throttled",
                "outcome", outcome);
    }

    /** @param quota the trunk's quota that an INVITE exceeded */
    public void overQuota(String trunk, String quota) {
        counter("trunkline_edge_quota_refusals", "Requests over a trunk's quota",
                "trunk", trunk, "quota", quota).increment();
    }

    /** Counts a new call that was refused at the door because too many wait for a decision. */
    public void tooMany(String trunk) {
        counter("trunkline_edge_decision_window_refusals", "New calls refused because too many waited for the suite's decision",
                "trunk", trunk).increment();
    }

    /** @param size of the window @param waiting calls in it */
    public void watchDecisions(Supplier<Number> size, Supplier<Number> waiting) {
        Gauge.builder("trunkline_edge_decision_window", size)
                .description("How many new calls may wait for the suite's decision at once")
                .register(registry);
        Gauge.builder("trunkline_edge_undecided", waiting)
                .description("New calls that wait for the suite's decision")
                .register(registry);
    }

    /** Counts a request for a call that does not belong to its sender's trunk. */
    public void foreign(String method) {
        counter("trunkline_edge_foreign_requests", "Requests for a call that does not belong to their sender's trunk",
                "method", METHODS.contains(method) ? method : "other").increment();
    }

    /** @param failing how many host names could not be looked up the last time */
    public void watchHostNames(Supplier<Number> failing) {
        Gauge.builder("trunkline_edge_host_names_failing", failing)
                .description("Host names of trunks that DNS does not resolve now; their last addresses stay in use")
                .register(registry);
    }

    @Override
    public void opened(SipTransportKind transport) {
        connections.get(transport).incrementAndGet();
    }

    @Override
    public void closed(SipTransportKind transport, Ending why) {
        connections.get(transport).decrementAndGet();
        connectionsOver(why);
    }

    @Override
    public void refused(Ending why) {
        connectionsOver(why);
    }

    private void connectionsOver(Ending why) {
        counter("trunkline_edge_connections_over", "TCP and TLS connections that ended or were refused, by reason",
                "why", why.code()).increment();
    }

    @Override
    public void dropped(DropReason why) {
        dropped.get(why).increment();
    }

    @Override
    public void malformed(boolean answered) {
        counter("trunkline_edge_malformed_requests", "Messages that are not valid SIP, by whether they got an answer",
                "answered", Boolean.toString(answered)).increment();
    }

    @Override
    public void full() {
        full.increment();
    }

    @Override
    public void certificate(Instant notAfter) {
        certificateEnd.set(notAfter.getEpochSecond());
    }

    @Override
    public void certificateRefused() {
        certificatesRefused.increment();
    }

    private Counter counter(String name, String help, String... tags) {
        return Counter.builder(name).description(help).tags(tags).register(registry);
    }

    public void requested(String method) {
        counter("trunkline_edge_requests", "SIP requests by method",
                "method", METHODS.contains(method) ? method : "other").increment();
    }

    public void responded(int status) {
        counter("trunkline_edge_responses", "SIP responses by status",
                "status", Integer.toString(status)).increment();
    }

    public void answered(long setupMillis) {
        setup.record(Duration.ofMillis(setupMillis));
    }

    /** @param outcome the code of an end or refusal reason */
    public void over(String outcome, boolean answered) {
        ended(outcome, answered).increment();
    }

    private Counter ended(String outcome, boolean answered) {
        return counter("trunkline_edge_calls_over",
                "Calls that are over, by the code of their refusal or end reason and whether they were answered",
                "outcome", outcome, "answered", Boolean.toString(answered));
    }

    /** Counts an outbound call that is over. @param outcome as of {@link #over} */
    public void legOver(String outcome, boolean answered) {
        counter("trunkline_edge_legs_over",
                "Outbound calls that are over, by the code of their refusal or end reason and whether they were answered",
                "outcome", outcome, "answered", Boolean.toString(answered)).increment();
    }

    /** Records the first ringing, early media or final response of an outbound call. */
    public void legHeard(long nanos) {
        legsHeard.record(Duration.ofNanos(nanos));
    }

    public void publishFailed() {
        publishFailures.increment();
    }

    public void callResumed() {
        resumed.increment();
    }
}
