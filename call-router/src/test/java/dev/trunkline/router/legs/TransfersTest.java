package dev.trunkline.router.legs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.CallPartition;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CallerIdPlace;
import dev.trunkline.events.CallerIdPolicy;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.Dialling;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaFrom;
import dev.trunkline.events.NumberForm;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferRequested;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.TrunkGateway;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.WhenAgentLeaves;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.codec.UnreadableEventException;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.DialTarget;
import dev.trunkline.events.privacy.Pseudonyms;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.events.privacy.TransferTarget;
import dev.trunkline.router.dialling.Dialler;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.RuleTerms;
import dev.trunkline.router.metrics.RouterMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The events that are published about a requested transfer. */
class TransfersTest {
    private static final int PARTITIONS = 12;
    private static final Instant NOW = Instant.parse("2026-03-02T09:15:30Z");
    private static final CallId PARENT = CallId.of("019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e");
    private static final OrganisationRef BAKERY = new OrganisationRef("bakery-id", "bakery");
    private static final String CALLER = "+32470000000";
    private static final String TARGET = "+32470123456";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final Sealer sealer = new Sealer(new byte[32], new SecureRandom());
    private final SealedCallers callers = new SealedCallers(sealer);
    private final SealedTargets targets = new SealedTargets(sealer);
    private final Pseudonyms pseudonyms = new Pseudonyms(new byte[32]);
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final Envelopes relay = new Envelopes("/media-relay/relay-1", clock, UUID::randomUUID);

    private Directory directory = directory(Optional.empty(), Optional.empty());
    private Duration onTheWay = Duration.ofHours(1);

    private final Transfers transfers = transfers(new Dialler(JsonNodeFactory.instance.objectNode()));

    private Transfers transfers(Dialler dialler) {
        var routes = new LegRoutes(callers, targets, pseudonyms, Duration.ofSeconds(5), clock);
        return new Transfers(
                () -> directory, dialler, routes, callers, targets, () -> PARTITIONS, new Ringing(Duration.ofSeconds(45)),
                new Envelopes("/call-router/router-1", clock, UUID::randomUUID), new CallEventPublisher(producer), new RouterMetrics(registry),
                new RecordAges(clock, () -> onTheWay));
    }

    /** @param ofRule transfer way set by the rule of the requests @param ofTrunk transfer way set by their trunk */
    private static Directory directory(Optional<TransferWay> ofRule, Optional<TransferWay> ofTrunk) {
        return directory(ofRule, ofTrunk, Optional.empty());
    }

    /** @param shown number that the outbound trunk always shows */
    private static Directory directory(Optional<TransferWay> ofRule, Optional<TransferWay> ofTrunk, Optional<String> shown) {
        var carrier = new OutboundTrunk(
                "carrier-id", "carrier", Optional.empty(),
                List.of(new TrunkGateway("sip.carrier.example", OptionalInt.empty(), Optional.empty(), 0, 1)), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(),
                new CallerIdPolicy(CallerIdPlace.FROM, shown, true, Optional.empty(), Optional.empty()),
                new Dialling(NumberForm.E164_WITHOUT_PLUS, Optional.of("BE"), "", "", Optional.empty()), List.of("PCMA"), SrtpUse.OFFER, OptionalInt.of(30),
                OptionalInt.of(5), Optional.empty(), Optional.empty(), Optional.of(Map.of("outcome", "X-Outcome")));
        RuleTerms plain = RuleTerms.to(new Destination.Room(new RoomChoice.Direct("counter"), false));
        var rule = new DispatchRule("rule-id", "counter", Optional.empty(), List.of(), new RuleTerms(
                List.of(), List.of(), plain.destination(), List.of(), "", plain.attributes(), false, Optional.empty(), Optional.empty(),
                plain.answerPolicy(), 30, List.of(), Optional.empty(), Optional.empty(), 0, ofRule), 0, Instant.EPOCH);
        var pbx = new InboundTrunk(
                "pbx-id", "pbx", List.of(), Optional.of("BE"), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of(), List.of(), List.of(), OptionalInt.empty(), OptionalInt.empty(), MediaFrom.SIGNALLING, false, ofTrunk, Map.of());
        return Directory.of(1, List.of(), List.of(), List.of(), List.of(pbx), List.of(rule), List.of(carrier));
    }

    private TransferRequested forward(TransferTarget target, Optional<TransferWay> way) {
        TransferRequested wish = wish(TARGET, way);
        return new TransferRequested(
                wish.callId(), "forward.1.2", wish.relay(), wish.organisation(), wish.number(), wish.rule(), wish.room(), wish.trunk(),
                wish.purpose(), wish.sealedCaller(), targets.seal(PARENT, target), wish.outboundTrunk(), wish.way(), false,
                OptionalInt.of(25), "rule", Optional.of(DialPurpose.FORWARD), Optional.empty());
    }

    private TransferRequested wish(String to, Optional<TransferWay> way) {
        return new TransferRequested(
                PARENT, "t-1", "relay-1", BAKERY, "+3225550100", new RuleRef("rule-id", "counter"), "counter_1", new TrunkRef("pbx-id", "pbx"),
                Optional.of(CallPurpose.TRIAL), callers.seal(PARENT, new CallerSecrets(CALLER, "Anna", "", Map.of())),
                targets.seal(PARENT, new TransferTarget(to, Map.of("X-Order", "17"))), Optional.empty(), way, true, OptionalInt.of(20), "agent", Optional.empty(), Optional.empty());
    }

    private Envelope asked(TransferRequested wish) {
        return relay.first(wish, Envelope.Owners.edge("edge-1").withRelay("relay-1"));
    }

    private List<Envelope> said() {
        return producer.history().stream().map(TransfersTest::decoded).toList();
    }

    private static Envelope decoded(ProducerRecord<String, byte[]> sent) {
        try {
            return CallEventCodec.decode(new ConsumerRecord<>(
                            sent.topic(), 0, 0, 0, TimestampType.CREATE_TIME, 0, sent.value().length, sent.key(), sent.value(),
                            new RecordHeaders(sent.headers().toArray()), Optional.empty()))
                    .orElseThrow();
        } catch (UnreadableEventException e) {
            throw new IllegalStateException(e);
        }
    }

    private double counted(String outcome) {
        return registry.get("trunkline.router.calls.out").tags("purpose", "transfer", "outcome", outcome).counter().count();
    }

    @Test
    void aBridgeIsALegInTheParentsRoomAndPartition() {
        transfers.handle(asked(wish(TARGET, Optional.empty()))).toCompletableFuture().join();

        assertThat(said()).hasSize(2);
        TransferStarted started = (TransferStarted) said().get(0).record();
        CallRouted leg = (CallRouted) said().get(1).record();
        assertThat(started.callId()).isEqualTo(PARENT);
        assertThat(started.transfer()).isEqualTo("t-1");
        assertThat(started.way()).isEqualTo(TransferWay.BRIDGE);
        assertThat(started.leg()).contains(leg.callId());
        assertThat(started.outboundTrunk()).contains(new TrunkRef("carrier-id", "carrier"));
        assertThat(started.trace()).isNotEmpty().isEqualTo(leg.trace());
        assertThat(said().get(0).owners()).isEqualTo(Envelope.Owners.edge("edge-1").withRelay("relay-1"));
        assertThat(said().get(1).owners()).isEqualTo(Envelope.Owners.NONE);

        assertThat(CallPartition.of(leg.callId().toString(), PARTITIONS)).isEqualTo(CallPartition.of(PARENT.toString(), PARTITIONS));
        assertThat(leg.room()).isEqualTo("counter_1");
        assertThat(leg.agents()).isEmpty();
        assertThat(leg.organisation()).isEqualTo(BAKERY);
        assertThat(leg.number()).isEqualTo("+3225550100");
        assertThat(leg.rule()).isEqualTo(new RuleRef("rule-id", "counter"));
        assertThat(leg.limits().outgoing()).hasValueSatisfying(limits -> {
            assertThat(limits.trunkConcurrency()).hasValue(30);
            assertThat(limits.organisationHourly()).hasValue(100);
        });
        assertThat(leg.limits().callerRate().calls()).isEqualTo(100);
        OutgoingLeg outgoing = leg.outgoing().orElseThrow();
        assertThat(outgoing.purpose()).isEqualTo(DialPurpose.TRANSFER);
        assertThat(outgoing.parent()).contains(PARENT);
        assertThat(outgoing.transfer()).contains("t-1");
        assertThat(outgoing.ringingSeconds()).isEqualTo(20);
        assertThat(outgoing.longestSeconds()).hasValue(7_200);
        assertThat(outgoing.codecs()).containsExactly("PCMA");
        assertThat(outgoing.srtp()).isEqualTo(SrtpUse.OFFER);
        assertThat(outgoing.agentsStay()).isTrue();
        assertThat(leg.participant().orElseThrow().attributesToHeaders()).as("the trunk's").contains(Map.of("outcome", "X-Outcome"));
        DialTarget target = targets.dialled(leg.callId(), outgoing.sealedTarget());
        assertThat(target.user()).isEqualTo(TARGET.substring(1));
        assertThat(target.callerId()).as("the caller's, which the trunk passes").isEqualTo(CALLER.substring(1));
        assertThat(counted("dialled")).isEqualTo(1);
    }

    /** @param phone call whose phone makes the request */
    private TransferRequested byPhone(String to, CallId phone, Optional<String> trunk) {
        TransferRequested wish = wish(to, Optional.of(TransferWay.BRIDGE));
        return new TransferRequested(
                wish.callId(), "t-2", wish.relay(), wish.organisation(), wish.number(), wish.rule(), wish.room(), wish.trunk(), wish.purpose(),
                wish.sealedCaller(), wish.sealedTarget(), trunk, wish.way(), true, OptionalInt.empty(), "phone", Optional.empty(),
                Optional.of(phone));
    }

    private static ObjectNode phonesMayCallAll() {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.putObject("calls_out").put("by_phones", "all");
        return config;
    }

    @Test
    void aLegThatTheCallersPhoneAsksForTakesItsPlaceAndHangsUpWhenTheAgentsLeave() {
        transfers(new Dialler(phonesMayCallAll())).handle(asked(byPhone(TARGET, PARENT, Optional.empty()))).toCompletableFuture().join();

        CallRouted leg = (CallRouted) said().get(1).record();
        assertThat(leg.outgoing().orElseThrow().takesPlace()).isTrue();
        assertThat(leg.whenAgentLeaves()).contains(WhenAgentLeaves.HANG_UP);
    }

    @Test
    void aLegThatThePhoneOfAnotherLegAsksForIsAnOrdinaryOne() {
        CallId other = CallId.of("019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6f");
        transfers(new Dialler(phonesMayCallAll())).handle(asked(byPhone(TARGET, other, Optional.of("carrier")))).toCompletableFuture().join();

        CallRouted leg = (CallRouted) said().get(1).record();
        assertThat(leg.outgoing().orElseThrow().takesPlace()).isFalse();
        assertThat(leg.whenAgentLeaves()).contains(WhenAgentLeaves.STAY);
    }

    @Test
    void aPhoneCallsNoNumberUnlessTheOrganisationLetsPhonesDoSo() {
        transfers.handle(asked(byPhone(TARGET, PARENT, Optional.empty()))).toCompletableFuture().join();

        TransferFailed failed = (TransferFailed) said().getFirst().record();
        assertThat(failed.trace().getLast().step()).isEqualTo("destination-forbidden");
        assertThat(failed.detail()).contains("by_phones");
    }

    @Test
    void aForwardIsALegOfThatPurposeWithItsHeadersAndItsRinging() {
        transfers.handle(asked(forward(new TransferTarget(TARGET, Map.of("X-Queue", "sales")), Optional.of(TransferWay.BRIDGE))))
                .toCompletableFuture().join();

        TransferStarted started = (TransferStarted) said().get(0).record();
        CallRouted leg = (CallRouted) said().get(1).record();
        OutgoingLeg outgoing = leg.outgoing().orElseThrow();
        assertThat(started.transfer()).isEqualTo("forward.1.2");
        assertThat(started.leg()).contains(leg.callId());
        assertThat(leg.room()).isEqualTo("counter_1");
        assertThat(outgoing.purpose()).isEqualTo(DialPurpose.FORWARD);
        assertThat(outgoing.parent()).contains(PARENT);
        assertThat(outgoing.transfer()).contains("forward.1.2");
        assertThat(outgoing.ringingSeconds()).isEqualTo(25);
        assertThat(outgoing.agentsStay()).isFalse();
        DialTarget target = targets.dialled(leg.callId(), outgoing.sealedTarget());
        assertThat(target.headers()).containsExactly(Map.entry("X-Queue", "sales"));
        assertThat(target.callerId()).as("the caller's, which the trunk passes").isEqualTo(CALLER.substring(1));
        assertThat(registry.get("trunkline.router.calls.out").tags("purpose", "forward", "outcome", "dialled").counter().count()).isEqualTo(1);
        assertThat(counted("dialled")).isZero();
    }

    @Test
    void aForwardIsNeverARefer() {
        transfers.handle(asked(forward(new TransferTarget(TARGET), Optional.of(TransferWay.REFER)))).toCompletableFuture().join();

        assertThat(((TransferStarted) said().getFirst().record()).way()).isEqualTo(TransferWay.BRIDGE);
    }

    @Test
    void aForwardWhereNobodyMayCallFails() {
        transfers.handle(asked(forward(new TransferTarget("+3290012345"), Optional.empty()))).toCompletableFuture().join();

        TransferFailed failed = (TransferFailed) said().getFirst().record();
        assertThat(failed.transfer()).isEqualTo("forward.1.2");
        assertThat(failed.detail()).contains("premium rate");
        assertThat(registry.get("trunkline.router.calls.out").tags("purpose", "forward", "outcome", "destination-forbidden").counter().count())
                .isEqualTo(1);
    }

    @Test
    void theNumberOfALegIsThatWhichItsTrunkShows() {
        directory = directory(Optional.empty(), Optional.empty(), Optional.of("+3225550290"));

        transfers.handle(asked(wish(TARGET, Optional.of(TransferWay.BRIDGE)))).toCompletableFuture().join();

        CallRouted leg = (CallRouted) said().get(1).record();
        assertThat(leg.invite().called()).isEqualTo("+3225550290");
        assertThat(leg.number()).as("whose count and rule it is").isEqualTo("+3225550100");
    }

    @Test
    void theInviteOfALegIsThatOfWhoeverIsCalled() {
        transfers.handle(asked(wish("0470 12 34 56", Optional.of(TransferWay.BRIDGE)))).toCompletableFuture().join();

        CallRouted leg = (CallRouted) said().get(1).record();
        assertThat(leg.invite().callId()).isEqualTo(leg.callId());
        assertThat(leg.invite().edge()).isEmpty();
        assertThat(leg.invite().sdpOffer()).isEmpty();
        assertThat(leg.invite().source()).isEmpty();
        assertThat(leg.invite().sipCallId()).isEqualTo(leg.callId().toString());
        assertThat(leg.invite().called()).isEqualTo("+3225550100");
        assertThat(leg.invite().calledAsReceived()).isEqualTo("+3225550100");
        assertThat(leg.invite().caller()).isEqualTo(pseudonyms.ofNumber(TARGET));
        assertThat(callers.open(leg.callId(), leg.invite().sealed()).number()).isEqualTo(TARGET);
        assertThat(leg.invite().receivedAt()).isEqualTo(NOW);
        assertThat(leg.invite().deadline()).isEqualTo(NOW.plusSeconds(5));
        assertThat(leg.invite().purpose()).contains(CallPurpose.TRIAL);
    }

    @Test
    void neitherCallerNorTargetStandsAnywhereInTheClear() {
        transfers.handle(asked(wish(TARGET, Optional.empty()))).toCompletableFuture().join();
        transfers.handle(asked(wish(TARGET, Optional.of(TransferWay.REFER)))).toCompletableFuture().join();
        transfers.handle(asked(wish("+33612345678", Optional.empty()))).toCompletableFuture().join();

        String everything = producer.history().stream()
                .map(sent -> sent.headers() + new String(sent.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        assertThat(everything).doesNotContain("470123456").doesNotContain("470000000").doesNotContain("612345678");
    }

    @Test
    void aWishThatIsDeliveredTwiceHasTheSameLegUnderTheSameIds() {
        Envelope cause = asked(wish(TARGET, Optional.empty()));

        transfers.handle(cause).toCompletableFuture().join();
        transfers.handle(cause).toCompletableFuture().join();

        assertThat(said()).hasSize(4);
        assertThat(said().get(2).id()).isEqualTo(said().get(0).id());
        assertThat(said().get(3).id()).isEqualTo(said().get(1).id());
        assertThat(said().get(2).record()).isEqualTo(said().get(0).record());
        assertThat(said().get(3).callId()).isEqualTo(said().get(1).callId());
    }

    @Test
    void aWishThatIsRepeatedUnderAnotherEventHasTheSameLeg() {
        transfers.handle(asked(wish(TARGET, Optional.empty()))).toCompletableFuture().join();
        transfers.handle(asked(wish(TARGET, Optional.empty()))).toCompletableFuture().join();

        assertThat(said().get(3).callId()).isEqualTo(said().get(1).callId());
    }

    @ParameterizedTest
    @EnumSource(TransferWay.class)
    void theFirstWayIsTried(TransferWay way) {
        transfers.handle(asked(wish(TARGET, Optional.of(way)))).toCompletableFuture().join();

        TransferStarted started = (TransferStarted) said().getFirst().record();
        assertThat(started.way()).isEqualTo(switch (way) {
            case REFER, REFER_FIRST -> TransferWay.REFER;
            case BRIDGE, BRIDGE_FIRST -> TransferWay.BRIDGE;
            case WARM -> TransferWay.WARM;
        });
        assertThat(said()).hasSize(started.way() == TransferWay.REFER ? 1 : 2);
    }

    @ParameterizedTest
    @EnumSource(value = TransferWay.class, names = {"BRIDGE", "BRIDGE_FIRST", "WARM"})
    void onlyAWarmLegSpeaksWithTheAgentFirst(TransferWay way) {
        transfers.handle(asked(wish(TARGET, Optional.of(way)))).toCompletableFuture().join();

        CallRouted leg = (CallRouted) said().getLast().record();
        assertThat(leg.room()).isEqualTo("counter_1");
        assertThat(leg.outgoing().orElseThrow().isConsulting()).isEqualTo(way == TransferWay.WARM);
        assertThat(leg.outgoing().orElseThrow().way()).isEqualTo(((TransferStarted) said().getFirst().record()).way());
    }

    @Test
    void whoGoesOnIsNeverSpokenForFirst() {
        directory = directory(Optional.of(TransferWay.WARM), Optional.of(TransferWay.WARM));

        transfers.handle(asked(forward(new TransferTarget(TARGET), Optional.of(TransferWay.WARM)))).toCompletableFuture().join();

        assertThat(((CallRouted) said().getLast().record()).outgoing().orElseThrow().isConsulting()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''     | ''           | ''          | bridge | ''
            ''     | ''           | refer       | refer  | refer
            ''     | bridge-first | refer       | bridge | bridge-first
            ''     | refer-first  | ''          | refer  | refer-first
            bridge | refer        | refer-first | bridge | ''
            refer  | ''           | bridge      | refer  | ''
            warm   | ''           | bridge      | warm   | ''
            ''     | warm         | bridge      | warm   | warm
            ''     | ''           | warm        | warm   | warm
            bridge | warm         | warm        | bridge | ''
            """)
    void theWayIsTheWishsElseTheRulesElseTheTrunksElseABridge(String wish, String rule, String trunk, String tried, String said) {
        directory = directory(way(rule), way(trunk));

        transfers.handle(asked(wish(TARGET, way(wish)))).toCompletableFuture().join();

        TransferStarted started = (TransferStarted) said().getFirst().record();
        assertThat(Optional.of(started.way())).isEqualTo(way(tried));
        assertThat(started.defaultWay()).as("for the relay, which tries the second way").isEqualTo(way(said));
    }

    @Test
    void whatIsWrittenOfThoseWhoAreHandedOverIsNotOfThoseWhoGoOn() {
        directory = directory(Optional.of(TransferWay.REFER), Optional.of(TransferWay.REFER));

        transfers.handle(asked(forward(new TransferTarget(TARGET), Optional.empty()))).toCompletableFuture().join();

        TransferStarted started = (TransferStarted) said().getFirst().record();
        assertThat(started.way()).isEqualTo(TransferWay.BRIDGE);
        assertThat(started.defaultWay()).isEmpty();
    }

    private static Optional<TransferWay> way(String code) {
        return Arrays.stream(TransferWay.values()).filter(way -> way.code().equals(code)).findFirst();
    }

    @Test
    void aReferHasItsUriSealedForTheCall() {
        transfers.handle(asked(wish("0470 12 34 56", Optional.of(TransferWay.REFER)))).toCompletableFuture().join();

        TransferStarted started = (TransferStarted) said().getFirst().record();
        assertThat(started.leg()).isEmpty();
        assertThat(started.outboundTrunk()).isEmpty();
        assertThat(targets.transfer(PARENT, started.referTo().orElseThrow()))
                .isEqualTo(new TransferTarget("tel:" + TARGET, Map.of("X-Order", "17")));
        assertThat(counted("referred")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(TransferWay.class)
    void whatIsForbiddenFailsWithItsTrace(TransferWay way) {
        transfers.handle(asked(wish("+3290012345", Optional.of(way)))).toCompletableFuture().join();

        assertThat(said()).hasSize(1);
        TransferFailed failed = (TransferFailed) said().getFirst().record();
        assertThat(failed.transfer()).isEqualTo("t-1");
        assertThat(failed.leg()).isEmpty();
        assertThat(failed.way()).as("none was tried").isEmpty();
        assertThat(failed.detail()).contains("premium rate");
        assertThat(failed.trace().getLast().step()).isEqualTo("destination-forbidden");
        assertThat(counted("destination-forbidden")).isEqualTo(1);
    }

    @Test
    void aWishThatIsTooOldFailsAndNobodyIsCalled() {
        Envelope cause = new Envelopes("/media-relay/relay-1", Clock.fixed(NOW.minusSeconds(31), ZoneOffset.UTC), UUID::randomUUID)
                .first(wish(TARGET, Optional.empty()), Envelope.Owners.NONE);

        transfers.handle(cause).toCompletableFuture().join();

        assertThat(said()).hasSize(1);
        assertThat(said().getFirst().record()).isInstanceOf(TransferFailed.class);
        assertThat(counted("late")).isEqualTo(1);
    }

    @Test
    void aWishOfARelayWhoseClockIsAnHourBehindIsFollowed() {
        onTheWay = Duration.ofMillis(700);
        Envelope cause = new Envelopes("/media-relay/relay-1", Clock.fixed(NOW.minusSeconds(3_600), ZoneOffset.UTC), UUID::randomUUID)
                .first(wish(TARGET, Optional.empty()), Envelope.Owners.NONE);

        transfers.handle(cause).toCompletableFuture().join();

        assertThat(registry.find("trunkline.router.legs").tag("outcome", "late").counter()).isNull();
        assertThat(said()).isNotEmpty().noneMatch(envelope -> envelope.record() instanceof TransferFailed);
    }

    @Test
    void aWishOfARelayWithAnotherKeyIsSaidToBeSuch() {
        var strange = new SealedTargets(new Sealer("another-key-of-32-bytes-for-tests".substring(0, 32).getBytes(StandardCharsets.US_ASCII), new SecureRandom()));
        TransferRequested wish = wish(TARGET, Optional.empty());
        var other = new TransferRequested(
                wish.callId(), wish.transfer(), wish.relay(), wish.organisation(), wish.number(), wish.rule(), wish.room(), wish.trunk(),
                wish.purpose(), wish.sealedCaller(), strange.seal(PARENT, new TransferTarget(TARGET)), wish.outboundTrunk(), wish.way(),
                wish.agentsStay(), wish.ringingSeconds(), wish.requestedBy(), Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> transfers.handle(asked(other))).isInstanceOf(SealBrokenException.class);
    }
}
