package dev.trunkline.relay.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Offers damaged at random: each is judged, none throws, and what is accepted can be answered. */
class FuzzedOfferTest {
    private static final OwnAddresses OWN =
            OwnAddresses.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
    private static final String OFFER = "v=0\r\no=- 20518 0 IN IP4 203.0.113.1\r\ns=-\r\nc=IN IP4 203.0.113.1\r\nt=0 0\r\n"
            + "m=audio 54400 RTP/SAVP 96 9 8 0 18 13 101\r\na=rtpmap:96 opus/48000/2\r\na=fmtp:96 useinbandfec=1;maxaveragebitrate=30000\r\n"
            + "a=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n"
            + "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=maxptime:150\r\na=rtcp:54401\r\n"
            + "a=sendrecv\r\na=crypto:7 AES_CM_128_HMAC_SHA1_80 sealed:v1.abc|2^31\r\nm=video 0 RTP/AVP 31\r\nc=IN IP6 ::1\r\n";
    private static final String[] PIECES = {
        "\r\n", "\n", "m=audio ", "a=rtpmap:", "c=IN IP4 ", "99999999999", "-1", "/", "\0", " ", "=", "RTP/AVP", "é", "a=ptime:",
        "a=crypto:1 AES_CM_128_HMAC_SHA1_32 sealed:v1.x"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingEscapes(long seed) throws Exception {
        var random = new Random(seed);
        var judge = new OfferJudge(EnumSet.allOf(PhoneCodec.class), OWN, false);
        for (int round = 0; round < 2_000; round++) {
            var text = new StringBuilder(OFFER);
            for (int damage = random.nextInt(1, 12); damage > 0; damage--) {
                damage(text, random);
            }
            switch (judge.judge(text.toString())) {
                case Negotiation.Refused refused -> assertThat(refused.trace()).isNotEmpty();
                case Negotiation.Accepted accepted -> {
                    assertThat(accepted.media().port()).isBetween(1, 65_535);
                    String answer = new SdpWriter(1, OWN, 10_000).answer(
                            accepted, Optional.of("v1.own"));
                    assertThat(new OfferJudge(EnumSet.allOf(PhoneCodec.class), OWN, false).judge(answer)).isInstanceOf(Negotiation.Accepted.class);
                }
            }
        }
    }

    private static void damage(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(5)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.setCharAt(at, (char) random.nextInt(256));
            case 2 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
            case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(60))));
            default -> text.setLength(Math.max(1, text.length() - random.nextInt(20)));
        }
    }
}
