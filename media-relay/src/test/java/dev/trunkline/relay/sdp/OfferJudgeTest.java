package dev.trunkline.relay.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.TraceStep;
import dev.trunkline.rtc.codec.G711;
import java.net.InetAddress;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfferJudgeTest {
    private static final String HEAD = "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n";

    private static PhoneMedia accepted(String sdp) {
        Negotiation negotiation = new OfferJudge().judge(sdp);
        assertThat(negotiation).isInstanceOf(Negotiation.Accepted.class);
        return ((Negotiation.Accepted) negotiation).media();
    }

    private static String refusal(String sdp) {
        Negotiation negotiation = new OfferJudge().judge(sdp);
        assertThat(negotiation).isInstanceOf(Negotiation.Refused.class);
        var trace = ((Negotiation.Refused) negotiation).trace();
        assertThat(trace).isNotEmpty().allMatch(step -> !step.detail().isBlank());
        return trace.stream().map(TraceStep::step).reduce((a, b) -> a + " " + b).orElseThrow();
    }

    @Test
    void takesTheFirstCodecOfTheOffer() throws Exception {
        PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/AVP 18 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\n");
        assertThat(media.law()).isEqualTo(G711.PCMA);
        assertThat(media.payloadType()).isEqualTo(8);
        assertThat(media.dtmfPayloadType()).isEqualTo(OptionalInt.of(101));
        assertThat(media.address()).contains(InetAddress.ofLiteral("192.0.2.7"));
        assertThat(media.port()).isEqualTo(4000);
        assertThat(media.rtcpPort()).isEqualTo(4001);
        assertThat(media.ptime()).isEqualTo(20);
        assertThat(media.direction()).isEqualTo(MediaDirection.SENDRECV);
    }

    @Test
    void knowsCodecsOfDynamicPayloadTypes() {
        PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/AVP 96 97\r\na=rtpmap:96 opus/48000/2\r\na=rtpmap:97 PCMU/8000\r\n");
        assertThat(media.law()).isEqualTo(G711.PCMU);
        assertThat(media.payloadType()).isEqualTo(97);
    }

    @Test
    void takesTheTelephoneEventOfItsOwnClock() {
        PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/AVP 0 100 101\r\n"
                + "a=rtpmap:100 telephone-event/48000\r\na=rtpmap:101 telephone-event/8000\r\n");
        assertThat(media.dtmfPayloadType()).isEqualTo(OptionalInt.of(101));
    }

    @Test
    void needsNoTelephoneEvent() {
        PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/AVP 0\r\n");
        assertThat(media.dtmfPayloadType()).isEmpty();
        assertThat(media.negotiated(0)).isTrue();
        assertThat(media.negotiated(13)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "sendrecv, SENDRECV, false", "sendonly, RECVONLY, true", "recvonly, SENDONLY, false", "inactive, INACTIVE, true"
    })
    void answersTheDirection(String offered, MediaDirection answered, boolean held) {
        PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/AVP 0\r\na=" + offered + "\r\n");
        assertThat(media.direction()).isEqualTo(answered);
        assertThat(media.held()).isEqualTo(held);
    }

    @Test
    void aDirectionOfTheSessionHoldsForTheStream() {
        assertThat(accepted(HEAD + "a=sendonly\r\nm=audio 4000 RTP/AVP 0\r\n").direction())
                .isEqualTo(MediaDirection.RECVONLY);
        assertThat(accepted(HEAD + "a=sendonly\r\nm=audio 4000 RTP/AVP 0\r\na=sendrecv\r\n").direction())
                .isEqualTo(MediaDirection.SENDRECV);
    }

    @Test
    void holdOfTheOldWayIsHold() {
        PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\n");
        assertThat(media.direction()).isEqualTo(MediaDirection.RECVONLY);
        assertThat(media.address()).isEmpty();
    }

    @Test
    void theStreamsOwnAddressAndRtcpPortCount() {
        PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/AVP 0\r\nc=IN IP6 2001:db8::1\r\na=rtcp:4100\r\na=ptime:30\r\n");
        assertThat(media.address()).map(InetAddress::getHostAddress).contains("2001:db8:0:0:0:0:0:1");
        assertThat(media.rtcpPort()).isEqualTo(4100);
        assertThat(media.ptime()).isEqualTo(30);
    }

    @Test
    void aNameIsNotLookedUp() {
        assertThat(accepted(HEAD.replace("c=IN IP4 192.0.2.7", "c=IN IP4 pbx.example.org") + "m=audio 4000 RTP/AVP 0\r\n")
                .address()).isEmpty();
    }

    @Test
    void bareLineFeedsAreTaken() {
        assertThat(accepted(HEAD.replace("\r\n", "\n") + "m=audio 4000 RTP/AVP 0\n").port()).isEqualTo(4000);
    }

    @Test
    void theFirstStreamThatFitsIsTaken() {
        PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/SAVP 0\r\nm=video 4002 RTP/AVP 31\r\nm=audio 4004 RTP/AVP 0\r\n");
        assertThat(media.port()).isEqualTo(4004);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "m=audio 4000 RTP/AVP 18 9                                | stream-codec",
        "m=audio 4000 RTP/AVP 0;a=rtpmap:0 PCMU/16000             | stream-codec",
        "m=audio 0 RTP/AVP 0                                      | stream-disabled",
        "m=audio 4000 RTP/SAVP 0                                  | stream-protocol",
        "m=video 4000 RTP/AVP 31                                  | stream-not-audio",
        "m=video 4000 RTP/AVP 31;m=audio 4000 UDP/TLS/RTP/SAVPF 0 | stream-not-audio stream-protocol",
        "a=sendrecv                                               | offer-empty",
        "m=audio 99999 RTP/AVP 0                                  | offer-malformed",
        "m=audio -1 RTP/AVP 0                                     | offer-malformed",
        "m=audio 4000                                             | offer-malformed",
        "nonsense                                                 | offer-malformed",
        "c=IN IP4                                                 | offer-malformed"
    })
    void saysWhatIsWrong(String lines, String step) {
        assertThat(refusal(HEAD + lines.replace(";", "\r\n") + "\r\n")).isEqualTo(step);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\r\n", "v=1\r\n", "m=audio 1 RTP/AVP 0", "\u0000\u0001", "v=0\r\nm=audio"})
    void garbageIsRefused(String garbage) {
        refusal(garbage);
    }

    @Test
    void anOfferWithoutAnAddressIsRefused() {
        assertThat(refusal("v=0\r\nm=audio 4000 RTP/AVP 0\r\n")).isEqualTo("stream-address");
    }

    @Test
    void absurdLengthsAreRefused() {
        assertThat(refusal(HEAD + "a=" + "x".repeat(100_000))).isEqualTo("offer-malformed");
        assertThat(refusal(HEAD + "m=audio 4000 RTP/AVP 0\r\n".repeat(1_000))).isEqualTo("offer-malformed");
        assertThat(refusal(HEAD + "m=audio 4000 RTP/AVP" + " 0".repeat(1_000) + "\r\n")).isEqualTo("offer-malformed");
    }
}
