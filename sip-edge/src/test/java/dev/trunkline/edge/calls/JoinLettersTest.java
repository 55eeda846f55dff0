package dev.trunkline.edge.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.edge.call.JoinInput;
import dev.trunkline.edge.call.JoinRules;
import dev.trunkline.edge.dialog.DialogKey;
import dev.trunkline.events.CallId;
import dev.trunkline.events.JoinCalls;
import dev.trunkline.events.JoinStep;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.Sealer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A message from one edge to another about two calls that are to be joined arrives unchanged, and no other service can read it. */
class JoinLettersTest {
    private static final CallId HERE = CallId.of("01900000-0000-7000-8000-000000000001");
    private static final CallId THERE = CallId.of("01900000-0000-7000-8000-000000000002");
    private static final String SDP = "v=0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:secret\r\n";

    private final JoinLetters ours = letters((byte) 0);
    private final JoinLetters theirs = letters((byte) 0);

    private static JoinLetters letters(byte key) {
        var octets = new byte[32];
        Arrays.fill(octets, key);
        return new JoinLetters(new Sealer(octets, new SecureRandom()), EventJson.MAPPER, "edge-1");
    }

    private static Stream<JoinInput> said() {
        return Stream.of(
                new JoinInput.Promised("t-1", HERE, Optional.of("edge-1")), new JoinInput.Offered("t-1", HERE, SDP),
                new JoinInput.Answered("t-1", HERE, SDP), new JoinInput.Over("t-1", HERE, 603, "It is not wanted."));
    }

    @ParameterizedTest
    @MethodSource("said")
    void eachStepArrivesAsItWasSaid(JoinInput said) {
        JoinCalls letter = ours.letter(THERE, said);
        assertThat(letter.callId()).isEqualTo(THERE);
        assertThat(letter.sealedSaid()).doesNotContain("secret");
        assertThat(theirs.said(letter)).isEqualTo(said);
    }

    @Test
    void whatThePhoneWantsArrivesWithWhatTheOtherEdgeJudgesBy() {
        var side = new JoinRules.Side(HERE, false, Optional.of(new OrganisationRef("o", "demo")), Optional.of("t"), Optional.of("192.0.2.1"),
                Optional.empty(), true);
        var wish = new JoinLetters.Wish(new DialogKey("id@host", "to", "from"), true, side);
        JoinCalls letter = ours.wanted(THERE, "t-1", wish);
        assertThat(theirs.wish(letter)).isEqualTo(wish);
        assertThat(theirs.said(letter)).isEqualTo(new JoinInput.Wanted("t-1", HERE, Optional.of("edge-1")));
    }

    @Test
    void aLetterOfAnotherKeyOrToAnotherCallOrWithoutAWishIsNotRead() {
        JoinCalls letter = ours.letter(THERE, new JoinInput.Offered("t-1", HERE, SDP));
        assertThatThrownBy(() -> letters((byte) 1).said(letter)).isInstanceOf(SealBrokenException.class);
        var moved = new JoinCalls(HERE, "t-1", HERE, "edge-1", JoinStep.OFFERED, letter.sealedSaid());
        assertThatThrownBy(() -> theirs.said(moved)).isInstanceOf(SealBrokenException.class);
        var wishless = new JoinCalls(THERE, "t-1", HERE, "edge-1", JoinStep.WANTED, letter.sealedSaid());
        assertThatThrownBy(() -> theirs.wish(wishless)).isInstanceOf(SealBrokenException.class);
    }
}
