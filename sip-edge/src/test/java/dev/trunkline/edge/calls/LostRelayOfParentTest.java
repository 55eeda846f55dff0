package dev.trunkline.edge.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.call.LegFacts;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Limits;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.codec.EventJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a leg whose parent's relay is lost and is to be replaced by another. */
class LostRelayOfParentTest {
    private static void await(String what, BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail("not within 20 s: " + what);
            }
            Thread.sleep(5);
        }
    }

    private static LegFacts leg(CallsOfTests.Begun parent, boolean consults) {
        var id = new CallId(UUID.randomUUID());
        var plain = new OutgoingLeg(
                DialPurpose.TRANSFER, Optional.of(parent.received.callId()), Optional.of("t-1"), "v1.x", 30, OptionalInt.empty(), List.of(),
                SrtpUse.OFF, false, false, Optional.empty(), Optional.empty());
        OutgoingLeg leg = consults ? plain.consulting() : plain;
        var limits = new Limits(new Limits.CallerRate(10, 3600, RateScope.NUMBER), OptionalInt.empty(), OptionalInt.empty());
        CallRouted route = new CallRouted.Builder(id, parent.received, new OrganisationRef("o", "o"), "+3225550100", new RuleRef("r", "r"), "room")
                .config(EventJson.MAPPER.createObjectNode())
                .limits(limits)
                .answerPolicy(AnswerPolicy.IMMEDIATE)
                .patienceSeconds(20)
                .build().goingOut(leg);
        return new LegFacts(route, leg, "ours", new Envelope(
                new UUID(3, 4), "/test/1", Instant.now(), Envelope.Owners.NONE, "", new CallAdmitted(id, route, List.of(), 30)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneThatIsToSpeakWithTheAgentFirstFailsAndAnyOtherGoesOn(boolean consults) throws Exception {
        try (var edge = new CallsOfTests(Duration.ofSeconds(20))) {
            CallsOfTests.Begun parent = edge.begin("parent").admitted(AnswerPolicy.IMMEDIATE).mediaReady();
            await("it is answered", () -> parent.invite.statuses.contains(200));
            parent.call.on(new CallInput.Ack(parent.invite.request().cseq(), Optional.empty()));
            Call leg = Call.dial(leg(parent, consults), edge.parts, edge.calls);
            parent.call.on(new CallInput.RelayLost("relay-1", "it is silent", Optional.empty()));
            await("another relay is asked for", () -> parent.said().stream().anyMatch(MediaLost.class::isInstance));
            await("the leg is told", () -> !consults || parent.said().stream().anyMatch(TransferFailed.class::isInstance));
            assertThat(parent.said()).filteredOn(TransferFailed.class::isInstance)
                    .map(said -> ((TransferFailed) said).detail())
                    .isEqualTo(consults ? List.of("The relay of the caller was lost.") : List.of());
            assertThat(leg.isOver()).isFalse();
        }
    }
}
