package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.CallInput.TakenOver;
import dev.trunkline.edge.call.CallState.Answered;
import dev.trunkline.edge.call.CallState.Up;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.dialog.DialogKey;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaRefused;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.sip.net.SipTransportKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Another phone takes the place of the phone in the call. */
class TakenOverTest {
    private static final Dialog OTHER = new Dialog("other@host", "newtag", "othertag", "sip:us@edge", "sip:other@pbx",
            "sip:other@192.0.2.7", List.of(), 0, 3, SipTransportKind.UDP, "192.0.2.1", 5060, Optional.empty(), List.of());
    private static final String OFFER = "v=0\r\nm=audio 4800 RTP/AVP 0\r\n";
    private static final CallInput TAKES = new TakenOver(OTHER, 3, Optional.of(OFFER), TimerHeaders.NONE);

    @Test
    void itsOfferGoesToTheRelay() {
        Seen seen = Seen.of(Given.up(), TAKES);
        MediaOffered offered = seen.offered();
        assertThat(offered.revision()).isEqualTo(1);
        assertThat(offered.sdpOffer()).isEqualTo(OFFER);
        assertThat(seen.does(Effect.Respond.class)).isFalse();
    }

    @Test
    void itIsAnsweredWithTheRelaysAnswerAndThePhoneBeforeGetsBye() {
        Seen seen = Seen.of(Given.up(), TAKES, Given.mediaReady("relay-1", 1));
        assertThat(seen.statuses(Transaction.OFFER)).containsExactly(200);
        assertThat(seen.reply(Transaction.OFFER).toTag()).contains("newtag");
        assertThat(seen.each(Effect.Moved.class).findFirst().orElseThrow().dialog().key()).isEqualTo(OTHER.key());
        assertThat(seen.sent().method()).isEqualTo("BYE");
        assertThat(seen.sent().callId()).isEqualTo("id@host");
        assertThat(((Answered) seen.state()).session().dialog().key()).isEqualTo(OTHER.key());
        Seen up = Seen.of(seen.state(), new CallInput.Ack(3, Optional.empty()));
        assertThat(Seen.of(up.state(), new CallInput.Bye(4)).statuses(Transaction.REQUEST)).containsExactly(200);
    }

    @Test
    void whatTheRelayCannotTakeIsRefusedAndTheCallGoesOnAsItWas() {
        Seen seen = Seen.of(Given.up(), TAKES, Given.told(new MediaRefused(Given.CALL, "relay-1", 1, RefusalReason.NO_COMMON_CODEC, "none")));
        assertThat(seen.statuses(Transaction.OFFER)).containsExactly(488);
        assertThat(((Up) seen.state()).session().dialog().key()).isEqualTo(Given.DIALOG.key());
        assertThat(seen.does(Effect.Send.class)).isFalse();
    }

    @Test
    void onlyACallThatIsUpIsTakenOver() {
        assertThat(Seen.of(Given.ringing(AnswerPolicy.ON_AGENT), TAKES).statuses(Transaction.REQUEST)).containsExactly(481);
        assertThat(Seen.of(Given.answered(), TAKES).statuses(Transaction.REQUEST)).containsExactly(491);
        assertThat(Seen.of(Given.pending(), TAKES).statuses(Transaction.REQUEST)).containsExactly(491);
        assertThat(Seen.of(Given.ended(), TAKES).statuses(Transaction.REQUEST)).containsExactly(481);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a@b;to-tag=t;from-tag=f | false", "a@b ; FROM-TAG=f; to-tag = t | false", "a@b;from-tag=f;to-tag=t;early-only | true",
    })
    void aReplacesNamesADialogFromOurSide(String value, boolean early) {
        assertThat(Replaces.parse(value)).contains(new Replaces(new DialogKey("a@b", "t", "f"), early));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a@b", "a@b;to-tag=t", "a@b;from-tag=f", ";to-tag=t;from-tag=f", "a@b;to-tag=;from-tag=f", "a\u00e9;to-tag=t;from-tag=f"})
    void whatNamesNoneIsNone(String value) {
        assertThat(Replaces.parse(value)).isEmpty();
    }
}
