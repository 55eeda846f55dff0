package dev.trunkline.relay.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.relay.SmallStack;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line of an offer, written to harm its reader: judged on a small stack, it is refused, or accepted without harm. */
class HostileOfferTest {
    private static final OwnAddresses OWN =
            OwnAddresses.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
    private static final String HEAD = "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n";
    private static final String AUDIO = "m=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";
    private static final int MANY = 10_000;

    private final OfferJudge judge = new OfferJudge(EnumSet.allOf(PhoneCodec.class), OWN, false);

    /** Judges an offer; asserts that an accepted offer can be answered, and that the answer says no more than the offer. */
    private Negotiation judged(String offer) {
        Negotiation negotiation = judge.judge(offer);
        if (negotiation instanceof Negotiation.Accepted accepted) {
            String answer = new SdpWriter(1, OWN, 10_000).answer(accepted, Optional.of("v1.own"));
            assertThat(answer.length()).isLessThan(offer.length() + 1_000);
            assertThat(judge.judge(answer)).isInstanceOf(Negotiation.Accepted.class);
        }
        return negotiation;
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 sealed:A", "a=crypto:1 S inline:A", "a=fmtp:0 ", "a=rtpmap:0 PCMU/8000", "a=rtcp:1",
        "a=ptime:2", "a=maxptime:2", "a=group:ANAT", "a=", "b=", "o=", "t=0", "c=IN IP4 1", "c=IN IP6 :", "m=audio 1 RTP/AVP 0",
        "m=audio 4000/2", "z=0", "k=", ""
    })
    void whateverRepeatsInALineIsReadOnce(String line) throws Exception {
        SmallStack.run(() -> {
            for (String part : new String[] {
                " A", " ", ";", "|", ":", "/", "=", "\t", ".", "0", ";x=y", " 0", "%", "::", "|1:4", "\u00e9", "\0"
            }) {
                String repeated = line + part.repeat(Math.min(MANY, 60_000 / part.length())) + "\r\n";
                judged(HEAD + AUDIO + repeated);
                judged(HEAD + repeated + AUDIO);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 sealed:A\r\n", "a=rtpmap:0 PCMU/8000\r\n", "a=fmtp:101 0-15\r\n", "a=x\r\n",
        "c=IN IP4 192.0.2.7\r\n", "m=audio 4000 RTP/AVP 0\r\n", "m=image 0 udptl t38\r\n", "t=0 0\r\n", "\r\n", "\n", "\r", "v=0\r\n",
        "=", "a=sendonly\r\n"
    })
    void linesThatRepeatAreCounted(String line) throws Exception {
        SmallStack.run(() -> {
            judged(HEAD + AUDIO + line.repeat(Math.min(MANY, 64_000 / line.length())));
            judged(HEAD + line.repeat(Math.min(MANY, 64_000 / line.length())) + AUDIO);
            judged(HEAD + AUDIO + line.repeat(MANY));
        });
    }

    /** Such a line once ended a call's mailbox, when it was parsed with regular expressions. */
    @Test
    void aKeyWithTwoThousandWordsIsSimplyNotTaken() throws Exception {
        SmallStack.run(() -> {
            String crypto = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 sealed:v1.k" + " A".repeat(2_000) + "\r\n";
            var taken = (Negotiation.Accepted) judged(HEAD + AUDIO + crypto);
            assertThat(taken.media().crypto()).isEmpty();
            var next = (Negotiation.Accepted) judged(
                    HEAD + AUDIO + crypto + "a=crypto:2 AES_CM_128_HMAC_SHA1_32 sealed:v1.next\r\n");
            assertThat(next.media().crypto()).map(CryptoLine::tag).contains(2);
        });
    }

    @Test
    void lengthsUpToTheMostAndBeyondAreJudged() throws Exception {
        SmallStack.run(() -> {
            for (int length : new int[] {1_000, 10_000, 65_000, 65_536, 65_537, 100_000, 1_000_000}) {
                for (String filling : new String[] {"a", " ", "\r\n", "9", "é"}) {
                    judged((HEAD + AUDIO + "a=" + filling.repeat(length)).substring(0, length));
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void linesMadeOfAnyPiecesAreJudged(long seed) throws Exception {
        String[] pieces = {
            "v=0", "m=", "audio", "image", " ", " 4000", " RTP/AVP", " 0", "a=", "crypto:", "rtpmap:", "fmtp:", "1", "/8000",
            "AES_CM_128_HMAC_SHA1_80", " sealed:", "c=IN IP4 ", "c=IN IP6 ", "::1", "1.2.3.4", "/", ":", ";", "|", "=", "\r\n", "\n",
            "sendonly", "ptime:", "20", "-", "99999999999999999999", "\t", "\0", "é", "𝄞"
        };
        SmallStack.run(() -> {
            var random = new Random(seed);
            for (int round = 0; round < 3_000; round++) {
                var text = new StringBuilder(random.nextBoolean() ? HEAD + AUDIO : "v=0\r\n");
                for (int i = random.nextInt(200); i > 0; i--) {
                    text.append(pieces[random.nextInt(pieces.length)]);
                }
                judged(text.toString());
            }
        });
    }
}
