package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.CallState.Orphaned;
import dev.trunkline.edge.call.CallState.Up;
import dev.trunkline.edge.call.Effect.TellJoined;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallJoined;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaRefused;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TransferFailed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A phone joins two of its calls. */
class JoiningTest {
    private static final CallId OTHER = CallId.of("01900000-0000-7000-8000-000000000002");
    private static final String THEIRS = "v=0\r\nm=audio 7000 RTP/AVP 0\r\n";
    private static final String WHY = "It is not wanted.";
    private static final CallInput REFER = new CallInput.HandOver(
            8, new ReferTo.Target("sip:201@pbx", Optional.of("b@host;to-tag=1;from-tag=2"), Optional.empty()));
    private static final String TRANSFER = Seen.of(Given.up(), REFER).each(Effect.AskToHandOver.class).findFirst().orElseThrow().transfer();
    private static final CallInput WANTED = new JoinInput.Wanted(TRANSFER, OTHER, Optional.of("edge-2"));
    private static final CallInput PROMISED = new JoinInput.Promised(TRANSFER, OTHER, Optional.of("edge-2"));
    private static final CallInput OFFERED = new JoinInput.Offered(TRANSFER, OTHER, THEIRS);
    private static final CallInput ANSWERED = new JoinInput.Answered(TRANSFER, OTHER, THEIRS);

    private static CallInput over(int status) {
        return new JoinInput.Over(TRANSFER, OTHER, status, WHY);
    }

    private static CallInput ready() {
        return Given.mediaReady("relay-1", 1);
    }

    private static CallInput refused() {
        return Given.told(new MediaRefused(Given.CALL, "relay-1", 1, RefusalReason.NO_COMMON_CODEC, "none"));
    }

    /** The call's phone has sent the REFER, and the relay has made its offer. */
    private static CallState asking() {
        return Seen.of(Given.up(), REFER, PROMISED, ready()).state();
    }

    /** The other call's phone has sent the REFER, and this call's relay is to answer the offer. */
    private static CallState answering() {
        return Seen.of(Given.up(), WANTED, OFFERED).state();
    }

    /** Asks to join the call with a third one and returns the status of the refusal. */
    private static int declined(CallState state) {
        var third = CallId.of("01900000-0000-7000-8000-000000000003");
        TellJoined told = Seen.of(state, new JoinInput.Wanted("t-3", third, Optional.empty())).each(TellJoined.class).findFirst().orElseThrow();
        assertThat(told.other()).isEqualTo(third);
        return ((JoinInput.Over) told.what()).status();
    }

    private static JoinInput toTheOther(Seen seen) {
        TellJoined told = seen.each(TellJoined.class).findFirst().orElseThrow();
        assertThat(told.other()).isEqualTo(OTHER);
        assertThat(told.what().from()).isEqualTo(Given.CALL);
        assertThat(told.what().transfer()).isEqualTo(TRANSFER);
        return told.what();
    }

    private static List<String> sent(Seen seen) {
        return seen.each(Effect.Send.class).map(send -> send.request().method()).toList();
    }

    private static <E> E event(Seen seen, Class<E> type) {
        return seen.published().stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }

    @Test
    void theReferIsAcceptedWhenTheOtherCallWaitsAndTheRelayIsAskedForAnOffer() {
        Seen seen = Seen.of(Given.up(), REFER, PROMISED);
        assertThat(seen.statuses(Transaction.REFER)).containsExactly(202);
        assertThat(seen.sent().sdp()).contains("SIP/2.0 100 Trying\r\n");
        assertThat(seen.offered()).isEqualTo(new MediaOffered(Given.CALL, 1, ""));
        assertThat(seen.started()).containsExactly(CallTimer.JOIN);
    }

    @Test
    void itsRelaysOfferGoesToTheOtherCallAndTheAnswerBack() {
        Seen offered = Seen.of(Given.up(), REFER, PROMISED, ready());
        assertThat(((JoinInput.Offered) toTheOther(offered)).offer()).isEqualTo(Given.ANSWER);

        Seen seen = Seen.of(offered.state(), ANSWERED);
        assertThat(event(seen, MediaOffered.class)).isEqualTo(MediaOffered.answering(Given.CALL, 1, THEIRS));
        assertThat(event(seen, CallJoined.class)).isEqualTo(new CallJoined(Given.CALL, TRANSFER, OTHER, Optional.of("edge-2")));
        assertThat(sent(seen)).containsExactly("NOTIFY", "BYE");
        List<Effect.Send> sent = seen.each(Effect.Send.class).toList();
        assertThat(sent.getFirst().request().sdp()).contains("SIP/2.0 200 OK\r\n");
        assertThat(sent).extracting(send -> send.request().cseq()).containsExactly(2L, 3L);
        assertThat(seen.stopped()).contains(CallTimer.JOIN, CallTimer.REFRESH, CallTimer.SESSION);
    }

    @Test
    void theOtherCallAnswersWithItsRelaysDescriptionAndSendsItsPhoneAway() {
        assertThat(toTheOther(Seen.of(Given.up(), WANTED))).isInstanceOf(JoinInput.Promised.class);
        assertThat(Seen.of(Given.up(), WANTED, OFFERED).offered()).isEqualTo(new MediaOffered(Given.CALL, 1, THEIRS));
        Seen seen = Seen.of(answering(), ready());
        assertThat(((JoinInput.Answered) toTheOther(seen)).answer()).isEqualTo(Given.ANSWER);
        assertThat(event(seen, CallJoined.class)).isEqualTo(new CallJoined(Given.CALL, TRANSFER, OTHER, Optional.of("edge-2")));
        assertThat(sent(seen)).containsExactly("BYE");
    }

    private static Stream<CallState> joined() {
        return Stream.of(Seen.of(asking(), ANSWERED).state(), Seen.of(answering(), ready()).state());
    }

    @ParameterizedTest
    @MethodSource("joined")
    void joinedCallsEndTogetherAndNobodyGetsAnotherBye(CallState joined) {
        Seen left = Seen.of(joined, over(480));
        assertThat(left.published(CallEnded.class).reason()).isEqualTo(EndReason.PARTNER_LEFT);
        assertThat(left.state()).isInstanceOf(Ended.class);
        Seen asked = Seen.of(joined, Given.endCall(EndReason.REQUESTED));
        assertThat(toTheOther(asked)).isInstanceOf(JoinInput.Over.class);
        assertThat(asked.published(CallEnded.class).reason()).isEqualTo(EndReason.REQUESTED);
        Seen said = Seen.of(joined, Given.endedBy("media-relay", EndReason.MEDIA_TIMEOUT));
        assertThat(toTheOther(said)).isInstanceOf(JoinInput.Over.class);
        Seen lost = Seen.of(joined, new CallInput.RelayLost("relay-1", "silent"));
        assertThat(lost.published(CallEnded.class).reason()).isEqualTo(EndReason.RELAY_LOST);
        assertThat(toTheOther(lost)).isInstanceOf(JoinInput.Over.class);
        assertThat(Stream.of(left, asked, said, lost).flatMap(seen -> sent(seen).stream())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("joined")
    void joinedCallsHaveNoPhoneAnyMore(CallState joined) {
        assertThat(Seen.of(joined, new CallInput.Bye(9)).statuses(Transaction.REQUEST)).containsExactly(481);
        assertThat(Seen.of(joined, Given.reinvite(9, Given.OFFER)).statuses(Transaction.REQUEST)).containsExactly(481);
        assertThat(Seen.of(joined, new CallInput.TakenOver(Given.DIALOG, 1, Optional.of(THEIRS), TimerHeaders.NONE))
                .statuses(Transaction.REQUEST)).containsExactly(481);
        assertThat(event(Seen.of(joined, new CallInput.Refer("t-2", "sip:desk@pbx")), TransferFailed.class).status()).hasValue(480);
        assertThat(Seen.of(joined, new CallInput.RelayLeaves("relay-1")).state()).isEqualTo(joined);
        assertThat(declined(joined)).isEqualTo(491);
    }

    @Test
    void whatIsDeclinedAtOnceIsTheRefersStatus() {
        Seen seen = Seen.of(Given.up(), REFER, over(603));
        assertThat(seen.statuses(Transaction.REFER)).containsExactly(603);
        assertThat(seen.header(Transaction.REFER, "Reason")).contains(WHY);
        TransferFailed failed = event(seen, TransferFailed.class);
        assertThat(failed.status()).hasValue(603);
        assertThat(failed.detail()).isEqualTo(WHY);
        assertThat(seen.state()).isInstanceOf(Up.class);
        assertThat(Seen.of(seen.state(), new CallInput.Bye(9)).state()).as("as any call").isInstanceOf(Ended.class);
    }

    @Test
    void whatFailsAfterwardsIsToldAndBothGoOnAsTheyWere() {
        Seen told = Seen.of(asking(), over(488));
        assertThat(told.sent().sdp().orElseThrow()).startsWith("SIP/2.0 488 ");
        assertThat(event(told, TransferFailed.class).status()).hasValue(488);
        assertThat(((Up) told.state()).session().dialog().key()).isEqualTo(Given.DIALOG.key());
        Seen refused = Seen.of(answering(), refused());
        assertThat(((JoinInput.Over) toTheOther(refused)).status()).isEqualTo(488);
        assertThat(refused.does(Effect.Send.class)).isFalse();
        assertThat(Seen.of(refused.state(), Given.reinvite(9, THEIRS)).offered().revision()).as("a revision of its own").isEqualTo(2);
        Seen promised = Seen.of(Given.up(), WANTED, over(480));
        assertThat(Seen.of(promised.state(), new CallInput.Bye(9)).state()).isInstanceOf(Ended.class);
    }

    @Test
    void aCallWhoseRelaySendsToTheOtherAlreadyEndsWithIt() {
        Seen seen = Seen.of(answering(), over(480));
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.PARTNER_LEFT);
        assertThat(sent(seen)).containsExactly("BYE");
    }

    @Test
    void aPhoneThatHangsUpMeanwhileIsAnsweredAndTheTwoAreJoinedWithoutIt() {
        Seen left = Seen.of(asking(), new CallInput.Bye(9));
        assertThat(left.statuses(Transaction.REQUEST)).containsExactly(200);
        Seen one = Seen.of(left.state(), ANSWERED);
        assertThat(sent(one)).isEmpty();
        assertThat(event(one, CallJoined.class).with()).isEqualTo(OTHER);
        Seen otherLeft = Seen.of(answering(), new CallInput.Bye(9));
        assertThat(otherLeft.statuses(Transaction.REQUEST)).containsExactly(200);
        Seen other = Seen.of(otherLeft.state(), ready());
        assertThat(sent(other)).isEmpty();
        assertThat(event(other, CallJoined.class).with()).isEqualTo(OTHER);
    }

    @Test
    void ofAPhoneThatHungUpACallThatIsNotJoinedEndsAsItsHangUp() {
        Seen one = Seen.of(asking(), new CallInput.Bye(9), over(488));
        assertThat(event(one, CallEnded.class).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        Seen other = Seen.of(answering(), new CallInput.Bye(9), refused());
        assertThat(event(other, CallEnded.class).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(Stream.of(one, other).flatMap(seen -> sent(seen).stream())).isEmpty();
    }

    @Test
    void aCallWithARequestUnderWayCannotBeReplacedNow() {
        for (CallState busy : List.of(Given.answered(), Given.pending(), Seen.of(Given.up(), REFER).state(), answering())) {
            assertThat(declined(busy)).isEqualTo(491);
        }
        assertThat(Seen.of(answering(), Given.reinvite(9, Given.OFFER)).statuses(Transaction.REQUEST)).containsExactly(491);
        assertThat(Seen.of(answering(), new CallInput.HandOver(9, new ReferTo.Target("sip:201@pbx", Optional.empty(), Optional.empty())))
                .statuses(Transaction.REQUEST)).containsExactly(491);
        assertThat(((JoinInput.Over) toTheOther(Seen.of(Given.up(), PROMISED))).status()).as("of nothing that is asked").isEqualTo(480);
    }

    @Test
    void aRelayThatSaysNothingIsNotWaitedFor() {
        Seen asking = Seen.of(Given.up(), REFER, PROMISED, Given.expired(CallTimer.JOIN));
        assertThat(((JoinInput.Over) toTheOther(asking)).status()).isEqualTo(408);
        assertThat(asking.sent().sdp().orElseThrow()).startsWith("SIP/2.0 408 ");
        Seen other = Seen.of(answering(), Given.expired(CallTimer.JOIN));
        assertThat(((JoinInput.Over) toTheOther(other)).status()).isEqualTo(408);
        assertThat(other.state()).isInstanceOf(Up.class);
    }

    @Test
    void aCallWhoseRelayIsLostMeanwhileIsTakenUpByAnotherAndTheTwoAreNotJoined() {
        for (CallState underWay : List.of(asking(), answering())) {
            Seen seen = Seen.of(underWay, new CallInput.RelayLost("relay-1", "silent"));
            assertThat(((JoinInput.Over) toTheOther(seen)).status()).isEqualTo(480);
            assertThat(seen.does(Effect.WantRelay.class)).isTrue();
            assertThat(((Orphaned) seen.state()).session().joint()).isEmpty();
        }
    }

    @Test
    void aCallThatEndsMeanwhileIsToldToTheOther() {
        for (CallState underWay : List.of(asking(), answering())) {
            Seen seen = Seen.of(underWay, Given.endCall(EndReason.REQUESTED));
            assertThat(toTheOther(seen)).isInstanceOf(JoinInput.Over.class);
            assertThat(sent(seen)).containsExactly("BYE");
        }
    }

    @Test
    void whatTheOtherSaysTwiceChangesNothing() {
        for (CallState asked : List.of(Seen.of(Given.up(), WANTED).state(), answering(), Seen.of(answering(), ready()).state())) {
            assertThat(Seen.of(asked, WANTED).step()).isEqualTo(Step.to(asked));
        }
        assertThat(Seen.of(answering(), OFFERED).step()).isEqualTo(Step.to(answering()));
        for (CallState asks : List.of(Seen.of(Given.up(), REFER, PROMISED).state(), asking(), Seen.of(asking(), ANSWERED).state())) {
            assertThat(Seen.of(asks, PROMISED).step()).isEqualTo(Step.to(asks));
        }
    }

    @Test
    void whatTheOtherSaysLateChangesNothing() {
        CallState joined = Seen.of(asking(), ANSWERED).state();
        assertThat(Seen.of(joined, ANSWERED).step()).isEqualTo(Step.to(joined));
        assertThat(Seen.of(Given.up(), ANSWERED).step()).isEqualTo(Step.to(Given.up()));
        assertThat(Seen.of(Given.up(), over(480)).step()).isEqualTo(Step.to(Given.up()));
    }
}
