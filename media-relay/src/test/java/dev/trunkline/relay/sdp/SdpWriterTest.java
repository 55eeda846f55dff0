package dev.trunkline.relay.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SdpWriterTest {
    private static final OwnAddresses OWN =
            OwnAddresses.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
    private static final String OFFER = "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=3 4\r\n"
            + "m=image 4002 udptl t38\r\nm=audio 4000 RTP/AVP 0 8 99\r\na=rtpmap:99 telephone-event/8000\r\na=sendonly\r\n"
            + "m=video 4004 RTP/AVP 31 34\r\n";

    private static Negotiation.Accepted accepted(String offer) {
        return (Negotiation.Accepted) new OfferJudge(EnumSet.allOf(PhoneCodec.class), OWN, false).judge(offer);
    }

    @Test
    void answersEachStreamInItsPlace() throws Exception {
        var writer = new SdpWriter(77, OwnAddresses.of(InetAddress.ofLiteral("198.51.100.4")), 10_020);
        assertThat(writer.answer(accepted(OFFER), Optional.empty())).isEqualTo(String.join("\r\n",
                "v=0",
                "o=trunkline 77 1 IN IP4 198.51.100.4",
                "s=-",
                "c=IN IP4 198.51.100.4",
                "t=3 4",
                "m=image 0 udptl t38",
                "m=audio 10020 RTP/AVP 0 99",
                "a=rtpmap:0 PCMU/8000",
                "a=rtpmap:99 telephone-event/8000",
                "a=fmtp:99 0-15",
                "a=ptime:20",
                "a=maxptime:60",
                "a=recvonly",
                "m=video 0 RTP/AVP 31 34",
                ""));
    }

    @Test
    void theVersionRisesAndTheSessionStays() throws Exception {
        var writer = new SdpWriter(77, OwnAddresses.of(InetAddress.ofLiteral("::1")), 10_020);
        assertThat(writer.answer(accepted(OFFER), Optional.empty())).contains("o=trunkline 77 1 IN IP6 0:0:0:0:0:0:0:1\r\n");
        assertThat(writer.answer(accepted(OFFER), Optional.empty())).contains("o=trunkline 77 2 ");
        assertThat(writer.answer(accepted(OFFER), Optional.empty())).contains("o=trunkline 77 3 ");
    }

    @Test
    void anAnswerHasTheAddressOfTheStreamsFamilyAndAnOfferThePreferredOne() {
        var writer = new SdpWriter(77, OWN, 10_020);
        assertThat(writer.answer(accepted(OFFER), Optional.empty())).contains("\r\nc=IN IP4 192.0.2.1\r\n");
        String six = OFFER.replace("a=sendonly", "c=IN IP6 2001:db8::7");
        assertThat(writer.answer(accepted(six), Optional.empty())).contains("\r\nc=IN IP6 2001:db8:0:0:0:0:0:1\r\n");
        AudioFormats all = AudioFormats.offering(List.of(PhoneCodec.PCMU), true, Optional.empty());
        assertThat(writer.offer(all, Optional.empty(), false)).contains("\r\nc=IN IP4 192.0.2.1\r\n");
    }

    @Test
    void ourKeyGoesUnderThePhonesTag() throws Exception {
        String offer = OFFER.replace("m=audio 4000 RTP/AVP", "m=audio 4000 RTP/SAVP")
                .replace("a=sendonly", "a=sendonly\r\na=crypto:4 AES_CM_128_HMAC_SHA1_32 sealed:v1.theirs");
        String answer = new SdpWriter(77, OwnAddresses.of(InetAddress.ofLiteral("::1")), 10_020)
                .answer(accepted(offer), Optional.of("v1.ours"));
        assertThat(answer).contains("m=audio 10020 RTP/SAVP 0 99\r\n")
                .contains("\r\na=crypto:4 AES_CM_128_HMAC_SHA1_32 sealed:v1.ours\r\n").doesNotContain("theirs");
    }
}
