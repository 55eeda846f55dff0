package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.CallInput.PartingKnown;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.EndReason;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipHeader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartingTest {
    private static final SipHeader OUTCOME = new SipHeader("X-Outcome", "sold");
    private static final CallInput KNOWN = new PartingKnown(new Parting(List.of(OUTCOME)));

    private static SipHeader reason(EndReason reason) {
        return SipHeader.reason(reason.cause(), reason.code());
    }

    /** Inputs that end the call, from every service that may end it. */
    static Stream<CallInput> ends() {
        return Stream.of(
                Given.endCall(EndReason.ROOM_CLOSED), Given.endedBy("media-relay", EndReason.REQUESTED), Given.expired(CallTimer.LONGEST),
                Given.agentUnavailable(), new CallInput.Drain(), new CallInput.PartnerLeft());
    }

    @ParameterizedTest
    @MethodSource("ends")
    void everyByeOfOursHasThem(CallInput end) {
        OutgoingRequest bye = Seen.of(Given.up(), KNOWN, end).sent();
        assertThat(bye.method()).isEqualTo("BYE");
        assertThat(bye.headers()).contains(OUTCOME);
    }

    @Test
    void theyStandBesideTheReason() {
        assertThat(Seen.of(Given.up(), KNOWN, Given.endCall(EndReason.ROOM_CLOSED)).sent().headers())
                .containsSubsequence(reason(EndReason.ROOM_CLOSED), OUTCOME);
    }

    @Test
    void aCallThatIsNotAcknowledgedYetHasThemToo() {
        assertThat(Seen.of(Given.answered(), KNOWN, Given.endCall(EndReason.ROOM_CLOSED)).sent().headers()).contains(OUTCOME);
    }

    @Test
    void aNewOfferOfThePhonesKeepsThem() {
        Seen seen = Seen.of(Given.up(), KNOWN, Given.reinvite(8, Given.OFFER), Given.mediaReady("relay-1", 1), Given.endCall(EndReason.REQUESTED));
        assertThat(seen.sent().headers()).contains(OUTCOME);
    }

    @Test
    void whatIsKnownLastCounts() {
        var later = new SipHeader("X-Later", "1");
        OutgoingRequest bye =
                Seen.of(Given.up(), KNOWN, new PartingKnown(new Parting(List.of(later))), Given.endCall(EndReason.REQUESTED)).sent();
        assertThat(bye.headers()).contains(later).doesNotContain(OUTCOME);
    }

    @Test
    void whereNothingIsKnownTheByeIsAsItWas() {
        assertThat(Seen.of(Given.up(), Given.endCall(EndReason.REQUESTED)).sent().headers())
                .extracting(SipHeader::name).doesNotContain("X-Outcome");
    }

    @Test
    void toKnowThemDoesNothingElse() {
        Seen seen = Seen.of(Given.up(), KNOWN);
        assertThat(seen.published()).isEmpty();
        assertThat(seen.does(Effect.Send.class)).isFalse();
        assertThat(seen.state()).isInstanceOf(CallState.Up.class);
    }

    @Test
    void aCallThatRingsHasNoByeToPutThemOn() {
        CallState ringing = Given.ringing(AnswerPolicy.ON_AGENT);
        assertThat(Seen.of(ringing, KNOWN).state()).isEqualTo(ringing);
    }

    @Test
    void aByeOfThePhonesIsAnsweredAsEver() {
        Seen seen = Seen.of(Given.up(), KNOWN, new CallInput.Bye(8));
        assertThat(seen.does(Effect.Send.class)).isFalse();
        assertThat(seen.reply(Effect.Transaction.REQUEST).headers()).doesNotContain(OUTCOME);
    }

    @Test
    void aReferHasThemAndOfTwoOfOneNameTheAttributeCounts() {
        var asked = new CallInput.Refer("t", "sip:desk@pbx.example", List.of(new SipHeader("x-outcome", "asked"), new SipHeader("X-Order", "17")));
        OutgoingRequest refer = Seen.of(Given.up(), KNOWN, asked).asked();
        assertThat(refer.method()).isEqualTo("REFER");
        assertThat(refer.headers()).contains(OUTCOME, new SipHeader("X-Order", "17")).doesNotContain(new SipHeader("x-outcome", "asked"));
        assertThat(refer.headers()).extracting(SipHeader::name).startsWith("Refer-To", "Referred-By");
    }

    @Test
    void noLogLineHasThem() {
        assertThat(KNOWN.toString()).doesNotContain("sold");
        assertThat(Seen.of(Given.up(), KNOWN).state().toString()).doesNotContain("sold");
    }
}
