package dev.trunkline.edge.service;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.bus.MemberRemoval;
import dev.trunkline.bus.OwnedPartitions;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.bus.traces.CallTraces;
import dev.trunkline.edge.call.CallMachine;
import dev.trunkline.edge.call.CallTimes;
import dev.trunkline.edge.calls.CallParts;
import dev.trunkline.edge.calls.Calls;
import dev.trunkline.edge.calls.DecisionWindow;
import dev.trunkline.edge.calls.FrontDoor;
import dev.trunkline.edge.calls.InviteReader;
import dev.trunkline.edge.calls.JoinLetters;
import dev.trunkline.edge.calls.KeptAcks;
import dev.trunkline.edge.calls.LateRelays;
import dev.trunkline.edge.calls.Legs;
import dev.trunkline.edge.calls.Mailboxes;
import dev.trunkline.edge.calls.Outbox;
import dev.trunkline.edge.calls.OwnedCallIds;
import dev.trunkline.edge.calls.RelayWatch;
import dev.trunkline.edge.calls.RequestDesk;
import dev.trunkline.edge.calls.Silence;
import dev.trunkline.edge.calls.SuiteEars;
import dev.trunkline.edge.calls.Survivors;
import dev.trunkline.edge.calls.Timers;
import dev.trunkline.edge.calls.WarmUp;
import dev.trunkline.edge.dialog.SealedDialogs;
import dev.trunkline.edge.dialog.SealedHeads;
import dev.trunkline.edge.metrics.EdgeMetrics;
import dev.trunkline.edge.outbound.PartingReader;
import dev.trunkline.edge.recovery.Recovery;
import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.edge.relays.RelayEars;
import dev.trunkline.edge.relays.RelayPlaces;
import dev.trunkline.edge.relays.RelayTable;
import dev.trunkline.edge.sdp.SdpKeys;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.Pseudonyms;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.sip.SipStack;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * One edge, assembled.
 *
 * <pre>
 *   start: warmed up; trunks read to their end and their gateways looked up, relays as they come, events of all partitions
 *          read from some hours back to their end -> calls of an earlier process resumed -> SIP opened -> partitions assigned -> ready
 *   then:  events are read from the partitions that it owns, and from those in which it has calls
 *   drain: OPTIONS and INVITE get 503 -> ringing calls are answered, or get 503 -> answered ones end, or get BYE
 *   close: what was taken is handled and answered -> events flushed -> SIP closed
 * </pre>
 */
public final class SipEdge implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SipEdge.class);
    private static final Duration LAST_TASKS = Duration.ofSeconds(5);
    /** For the answers to our last BYEs: each BYE is sent four times within it (RFC 3261 section 17.1.2.2). */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(4);
    /** In this group edges share the partitions of the calls' topics; it reads nothing. */
    private static final String GROUP = "sip-edge";
    /** For a relay's place in its group to be taken away; after 6 s Kafka does that anyway. */
    private static final Duration REMOVAL = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final List<String> CALL_TOPICS = List.of(Topics.EVENTS, Topics.COMMANDS);

    private final SipStack transport;
    private final KeptPartitions kept = new KeptPartitions(CALL_TOPICS, this::partitions, System::nanoTime);
    private final Calls calls;
    private final Ladder ladder;
    private final Timers timers;
    private final Mailboxes mailboxes = new Mailboxes();
    private final Trust trust;
    private final RequestDesk desk;
    private final Survivors survivors;
    private final CallEventPublisher publisher;
    private final CallTraces traces;
    private final TopicTail trunkTail;
    private final TopicTail callTail;
    private final OwnedPartitions owned;
    private final OwnedCallIds ids;
    private final Duration drain;
    private final Duration ring;
    private final TopicTail relayTail;
    private final Outbound outbound;
    private final RelayWatch relayWatch;
    private final WarmUp warmUp;

    public SipEdge(EdgeParts parts) {
        EdgeSettings.Sip sip = parts.settings().sip();
        String edge = parts.settings().instance();
        String source = "/sip-edge/" + edge;
        var kafka = KafkaAddress.of(parts.settings()).metered(parts.metrics().registry());
        Clock clock = parts.clock();
        var sealer = parts.sealKeys().sealer(parts.random());
        var dialogs = new SealedDialogs(sealer, EventJson.MAPPER);
        var heads = new SealedHeads(sealer);
        var keys = new SdpKeys(sealer);
        var targets = new SealedTargets(sealer);
        var parting = new PartingReader(targets);
        EdgeMetrics metrics = parts.metrics();
        timers = new Timers(parts.faults());
        var relays = new RelayTable(sip.relaySilence(), clock, System::nanoTime, this::relaysReadUntil);
        drain = parts.settings().drain();
        ring = sip.drain();
        trust = new Trust(parts, sealer);
        ladder = new Ladder(edge, sip, kafka, clock, metrics, parts.faults());
        calls = new Calls(kept, ladder.names());
        transport = parts.transport().apply(trust.doorman(), ladder.tap());
        publisher = new CallEventPublisher(kafka, edge + "-events", parts.faults());
        Supplier<String> tags = () -> {
            byte[] tag = new byte[8];
            parts.random().nextBytes(tag);
            return HexFormat.of().formatHex(tag);
        };
        var times = new CallTimes(sip.settling(), sip.ringingTimeout(), sip.reinviteTimeout(), sip.relayTimeout(),
                sip.t1(), sip.t2(), sip.mediaTimeout(), sip.patienceMargin(), sip.relayTakeOver());
        var outbox = new Outbox(publisher, keys, metrics, parts.faults());
        var lateRelays = new LateRelays(sip.shortLinger(), sip.linger(), timers, outbox, kept);
        var timerPolicy = new TimerPolicy((int) sip.sessionExpires().toSeconds(), (int) sip.minSe().toSeconds());
        var machine = new CallMachine(times, timerPolicy, clock, parts.random());
        traces = CallTraces.of(parts.settings(), CallMachine.SERVICE, edge);
        var envelopes = traces.envelopes(source, clock, UUID::randomUUID);
        outbound = new Outbound(parts, kafka, sealer, transport, publisher, trust.trunks(), this::partitions, kept::owned);
        var callParts = new CallParts(edge, machine, timerPolicy, transport, outbox, envelopes, tags, dialogs,
                timers, mailboxes, clock, lateRelays, this::readToEnd, metrics, parts.faults(),
                new Silence(System::nanoTime, this::callsReadUntil), relays,
                outbound.dialler(transport, targets, timerPolicy, sip.outbound().gatewayPatience()),
                new KeptAcks(timers, sip.t1().multipliedBy(64)), targets, new JoinLetters(sealer, EventJson.MAPPER, edge));
        ids = new OwnedCallIds(parts.callIds(), this::partitions, kept::owned, this::read);
        var reader = new InviteReader(edge, sip.deadline(), new Pseudonyms(parts.pseudonymKey()),
                new SealedCallers(sealer), heads, clock, ids, sip.reliableWhereSupported());
        warmUp = new WarmUp(reader, machine, timerPolicy, keys, envelopes, parts.faults());
        var window = new DecisionWindow(System::nanoTime, sip.deadline());
        metrics.watchDecisions(window::size, window::waiting);
        desk = new RequestDesk(
                callParts, calls, new FrontDoor(callParts, calls, reader, trust.doorman(), trust.gate(), trust.quotas(), window),
                trust.quotas(), window, reader, ids);
        var recovery = new Recovery(edge, source, dialogs, keys, parting, parts.faults());
        survivors = new Survivors(callParts, calls, recovery, heads, transport::answerInstead);
        metrics.watch(calls::live, transport::unread, transport::serverTransactions, relays::living);
        var removal = new MemberRemoval(kafka, edge + "-relays-group", RelayPlaces.GROUP, REMOVAL);
        relayWatch = new RelayWatch(callParts, calls, sip.relaySilence(), new RelayPlaces(removal::remove, Thread::startVirtualThread, parts.faults()));

        trunkTail = new TopicTail(kafka, edge + "-trunks", List.of(Topics.TRUNKS),
                new TopicTail.From.Beginning(), message -> parts.faults().guarded("trunk-tail", () -> trust.trunks().accept(message)).run(), parts.faults());
        var relayEars = new RelayEars(relays, EventJson.MAPPER);
        relayTail = new TopicTail(kafka, edge + "-relays", List.of(Topics.RELAYS), new TopicTail.From.Beginning(),
                message -> parts.faults().guarded("relay-tail", () -> relayEars.accept(message, !relaysRead())).run(), parts.faults());
        Instant from = clock.instant().minus(sip.lookBack());
        callTail = new TopicTail(kafka, edge + "-calls", CALL_TOPICS,
                new TopicTail.From.Time(from), new Tail(recovery, new SuiteEars(calls, lateRelays, keys, new Legs(callParts, calls, ids, targets, new RecordAges(clock, this::longestOnTheWay)), parting, parts.faults()))::accept,
                kept, parts.faults());
        owned = new OwnedPartitions(kafka, GROUP, edge, this::own, parts.faults());
        metrics.watch(callTail, () -> kept.owned().size());
    }

    /** Starts the edge; SIP opens when trunks and events have been read to their end, whenever Kafka allows that. */
    public SipEdge start() {
        CompletableFuture<Void> warm = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("warm-up").start(() -> {
            try {
                warmUp.run();
            } finally {
                warm.complete(null);
            }
        });
        callTail.caughtUp()
                // On the tail's own thread: what comes next goes to the calls that were resumed.
                .thenApply(read -> survivors.takeUp())
                .thenCombine(trustworthy(), (unaware, known) -> unaware)
                .thenCombine(warm, (unaware, done) -> unaware)
                .thenAccept(unaware -> {
                    Listening.open(transport, desk);
                    relayWatch.start();
                    outbound.opened();
                    LOG.info("SIP is open");
                    survivors.tell(unaware);
                })
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.errorf("the edge cannot take calls: %s", failure.getMessage());
                    }
                });
        ladder.start();
        trust.start();
        trunkTail.start();
        relayTail.start();
        outbound.start();
        callTail.start();
        owned.start();
        return this;
    }

    /** Completes when the addresses that may send packets are known. */
    private CompletionStage<Void> trustworthy() {
        return trunkTail.caughtUp().thenCompose(read -> trust.settled()).thenCompose(known -> outbound.settled());
    }

    public boolean trunksRead() {
        return trunkTail.healthy();
    }

    /** Whether Kafka's records are being read now; false while Kafka is silent. */
    public boolean hears() {
        return callTail.reading();
    }

    /** Whether new calls can begin: this edge owns a partition, and reads it. */
    public boolean owns() {
        return ids.any() && owned.healthy();
    }

    /** The partitions of the calls' topics that this edge owns; its new calls fall into them. */
    public Set<Integer> partitionsOwned() {
        return kept.owned();
    }

    private void own(Set<Integer> partitions) {
        kept.own(partitions);
        outbound.shared();
    }

    private int partitions() {
        return callTail.partitions();
    }

    private Set<Integer> read() {
        return callTail.reads();
    }

    /** Why Kafka cannot be written or read, in words; empty while it can, or if it is merely unavailable. */
    Optional<String> stuck() {
        return publisher.stuck()
                .or(callTail::missingRight)
                .or(owned::missingRight)
                .or(trunkTail::missingRight)
                .or(relayTail::missingRight);
    }

    private boolean relaysRead() {
        return relayTail.healthy();
    }

    private long callsReadUntil() {
        return callTail.heardUntil();
    }

    /** The events of a relay's last calls are read before it counts as lost. */
    private long relaysReadUntil() {
        long calls = callTail.heardUntil();
        long relays = relayTail.heardUntil();
        return calls - relays < 0 ? calls : relays;
    }

    public boolean eventsRead() {
        return callTail.healthy();
    }

    /** Host names of trunks whose lookup fails now. */
    public Set<String> unresolved() {
        return trust.unresolved();
    }

    /** What is wrong with outbound trunks; none of it keeps the edge from being ready. */
    public List<String> outboundComplaints() {
        return outbound.complaints();
    }

    public boolean listening() {
        return transport.alive();
    }

    /** For how long a receiver or lane of SIP has not answered; zero before SIP is open. */
    public Duration silence() {
        return transport.silence();
    }

    private CompletionStage<Void> readToEnd() {
        return callTail.readToEnd();
    }

    /** How many calls are not over. */
    public int calls() {
        return calls.live();
    }

    /**
     * Takes no new calls from now on. Ringing calls have a while to be answered: the suite's preparations for them are seconds from
     * completion, and a call that rings longer is refused, so its trunk tries elsewhere. Answered calls continue until they end or the time
     * is over, and then get BYE.
     */
    public void drain() throws InterruptedException {
        desk.drain();
        disown();
        LOG.infof("no new calls; %d calls have %s to end", calls.live(), drain);
        long begun = System.nanoTime();
        waitFor(() -> calls.early() == 0, begun, ring.compareTo(drain) < 0 ? ring : drain);
        calls.drain();
        waitFor(() -> calls.live() == 0, begun, drain);
        int left = calls.live();
        calls.end();
        waitFor(() -> calls.live() == 0 && transport.underWay() == 0, System.nanoTime(), LAST_ANSWERS);
        LOG.infof("drained; %d calls were ended", left);
    }

    private Duration longestOnTheWay() {
        return callTail.longestOnTheWay();
    }

    /** The other edges get its partitions from now on; those in which it has calls are read until these are over. */
    private void disown() {
        owned.close();
        own(Set.of());
    }

    /** @param since as {@link System#nanoTime} counts */
    private static void waitFor(BooleanSupplier done, long since, Duration atMost) throws InterruptedException {
        while (!done.getAsBoolean() && System.nanoTime() - since < atMost.toNanos()) {
            Thread.sleep(LOOK);
        }
    }

    @Override
    public void close() {
        disown();
        outbound.close();
        // Messages that arrive from now on are not taken: their senders retry, and the next process gets them.
        boolean handled = transport.settle(LAST_TASKS);
        callTail.close();
        trunkTail.close();
        relayTail.close();
        trust.close();
        timers.close();
        try {
            // What was taken is handled and answered: no event is published of a request whose sender gets no response.
            if (!mailboxes.settle(LAST_TASKS) || !handled) {
                LOG.error("calls were still busy at shutdown; what they publish from now on is lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        publisher.close();
        traces.close();
        transport.close();
        mailboxes.close();
        ladder.close();
    }

    /** Events of the past go to the recovery, later ones to the calls; both on the tail's thread. */
    private final class Tail {
        private final Recovery recovery;
        private final SuiteEars ears;
        private boolean past = true;

        Tail(Recovery recovery, SuiteEars ears) {
            this.recovery = recovery;
            this.ears = ears;
        }

        void accept(ConsumerRecord<String, byte[]> message) {
            if (past && callTail.healthy()) {
                past = false;
            }
            if (past) {
                recovery.accept(message);
            } else {
                ears.accept(message);
            }
        }
    }
}
