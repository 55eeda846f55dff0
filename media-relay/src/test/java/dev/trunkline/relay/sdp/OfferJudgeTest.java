package dev.trunkline.relay.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.TraceStep;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfferJudgeTest {
    private static final OwnAddresses OWN =
            OwnAddresses.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
    private static final String HEAD = "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n";

    private static PhoneMedia accepted(String sdp) {
        Negotiation negotiation = new OfferJudge(EnumSet.allOf(PhoneCodec.class), OWN, false).judge(sdp);
        assertThat(negotiation).isInstanceOf(Negotiation.Accepted.class);
        return ((Negotiation.Accepted) negotiation).media();
    }

    private static String refusal(String sdp) {
        Negotiation negotiation = new OfferJudge(EnumSet.allOf(PhoneCodec.class), OWN, false).judge(sdp);
        assertThat(negotiation).isInstanceOf(Negotiation.Refused.class);
        var trace = ((Negotiation.Refused) negotiation).trace();
        assertThat(trace).isNotEmpty().allMatch(step -> !step.detail().isBlank());
        return trace.stream().map(TraceStep::step).reduce((a, b) -> a + " " + b).orElseThrow();
    }

    @Test
    void takesTheFirstCodecOfTheOffer() throws Exception {
        PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/AVP 18 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\n");
        assertThat(media.codec()).isEqualTo(PhoneCodec.PCMA);
        assertThat(media.payloadType()).isEqualTo(8);
        assertThat(media.keys()).contains(new TelephoneEvent(101, 8_000));
        assertThat(media.address()).contains(InetAddress.ofLiteral("192.0.2.7"));
        assertThat(media.port()).isEqualTo(4000);
        assertThat(media.rtcpPort()).isEqualTo(4001);
        assertThat(media.ptime()).isEqualTo(20);
        assertThat(media.direction()).isEqualTo(MediaDirection.SENDRECV);
    }

    @Test
    void knowsCodecsOfDynamicPayloadTypes() {
        PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/AVP 96 97\r\na=rtpmap:96 speex/8000\r\na=rtpmap:97 PCMU/8000\r\n");
        assertThat(media.codec()).isEqualTo(PhoneCodec.PCMU);
        assertThat(media.payloadType()).isEqualTo(97);
    }

    @Test
    void takesTheTelephoneEventOfItsOwnClock() {
        PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/AVP 0 100 101\r\n"
                + "a=rtpmap:100 telephone-event/48000\r\na=rtpmap:101 telephone-event/8000\r\n");
        assertThat(media.keys()).contains(new TelephoneEvent(101, 8_000));
    }

    @Test
    void needsNoTelephoneEvent() {
        PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/AVP 0\r\n");
        assertThat(media.keys()).isEmpty();
        assertThat(media.negotiated(0)).isTrue();
        assertThat(media.negotiated(13)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "9 0                                        | G722 | 9",
        "0 9                                        | PCMU | 0",
        "9;a=rtpmap:9 G722/8000                     | G722 | 9",
        "9 8;a=rtpmap:9 G722/16000                  | PCMA | 8",
        "100 9;a=rtpmap:100 opus/48000/2            | OPUS | 100",
        "100 9;a=rtpmap:100 OPUS/48000/2            | OPUS | 100",
        "100 9;a=rtpmap:100 opus/16000              | G722 | 9",
        "18 100;a=rtpmap:100 G722/8000              | G722 | 100"
    })
    void thePhonesOrderCounts(String formats, PhoneCodec codec, int payloadType) {
        PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/AVP " + formats.replace(";", "\r\n") + "\r\n");
        assertThat(media.codec()).isEqualTo(codec);
        assertThat(media.payloadType()).isEqualTo(payloadType);
    }

    @Test
    void onlyAllowedCodecsAreTaken() {
        var judge = new OfferJudge(Set.of(PhoneCodec.PCMA), OWN, false);
        var taken = (Negotiation.Accepted) judge.judge(HEAD + "m=audio 4000 RTP/AVP 9 0 8\r\n");
        assertThat(taken.media().codec()).isEqualTo(PhoneCodec.PCMA);
        var refused = (Negotiation.Refused) judge.judge(HEAD + "m=audio 4000 RTP/AVP 9 0\r\n");
        assertThat(refused.trace().getFirst().detail()).contains("none of PCMA");
    }

    @Test
    void theWishesOfAPhoneThatSpeaksOpusAreRead() {
        String opus = HEAD + "m=audio 4000 RTP/AVP 100\r\na=rtpmap:100 opus/48000/2\r\n";
        assertThat(accepted(opus).opus()).isEqualTo(new OpusWishes(510_000, false));
        assertThat(accepted(opus + "a=fmtp:100 minptime=10; useinbandfec=1;maxaveragebitrate=20000\r\n").opus())
                .isEqualTo(new OpusWishes(20_000, true));
        assertThat(accepted(opus + "a=fmtp:100 maxaveragebitrate=1;useinbandfec=;;=;x\r\n").opus())
                .isEqualTo(new OpusWishes(6_000, false));
    }

    @ParameterizedTest
    @CsvSource({
        "48000, 8000, 101", "8000, 48000, 102", "8000, 16000, 101", "16000, 32000, 0"
    })
    void keysCountByTheAudiosClockOrByThatOfTelephones(int first, int second, int taken) {
        PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/AVP 100 101 102\r\na=rtpmap:100 opus/48000/2\r\n"
                + "a=rtpmap:101 telephone-event/" + first + "\r\na=rtpmap:102 telephone-event/" + second + "\r\n");
        assertThat(media.keys().map(TelephoneEvent::payloadType).orElse(0)).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0 13                                              | 13",
        "0 13;a=rtpmap:13 CN/8000                          | 13",
        "0 98;a=rtpmap:98 CN/8000                          | 98",
        "9 13                                              | 13",
        "0 98;a=rtpmap:98 CN/16000                         | -1",
        "100 13;a=rtpmap:100 opus/48000/2                  | -1",
        "0                                                 | -1"
    })
    void comfortNoiseIsTakenWhereItIsOffered(String formats, int payloadType) {
        PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/AVP " + formats.replace(";", "\r\n") + "\r\n");
        assertThat(media.comfortNoise().orElse(-1)).isEqualTo(payloadType);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0                                                 | 13",
        "9                                                 | 13",
        "0 98;a=rtpmap:98 CN/8000                          | 98",
        "100;a=rtpmap:100 opus/48000/2                     | -1"
    })
    void comfortNoiseThatWasNotOfferedIsKnownByItsStaticType(String formats, int payloadType) {
        PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/AVP " + formats.replace(";", "\r\n") + "\r\n");
        assertThat(IntStream.range(0, 128).filter(media::isComfortNoise).findFirst().orElse(-1)).isEqualTo(payloadType);
        assertThat(PhoneMedia.unanswered(PhoneCodec.PCMU).isComfortNoise(13)).as("before anything is agreed on").isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, , 10", "0, 20, , 20", "0, 30, , 30", "0, 40, , 40", "0, 60, , 60", "0, , , 20", "0, 0, , 20", "0, 5, , 10",
        "0, 25, , 20", "0, 200, , 60", "0, 40, 30, 30", "0, , 10, 10", "0, , 150, 20", "100, 30, , 20", "100, 60, , 60"
    })
    void packetsAreAsLongAsThePhoneWants(int format, String ptime, String maxPtime, int millis) {
        String offer = HEAD + "m=audio 4000 RTP/AVP " + format + "\r\na=rtpmap:100 opus/48000/2\r\n"
                + (ptime == null ? "" : "a=ptime:" + ptime + "\r\n")
                + (maxPtime == null ? "" : "a=maxptime:" + maxPtime + "\r\n");
        assertThat(accepted(offer).ptime()).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', value = {
        "1 AES_CM_128_HMAC_SHA1_80 sealed:v1.k @ 1 @ v1.k",
        "1 AES_CM_128_HMAC_SHA1_32 sealed:v1.k|2^20 @ 1 @ v1.k",
        "1 AEAD_AES_256_GCM sealed:v1.a;3 AES_CM_128_HMAC_SHA1_32 sealed:v1.b WSH=64 @ 3 @ v1.b",
        "1 AES_CM_128_HMAC_SHA1_80 sealed:v1.a|2^20|1:4;2 AES_CM_128_HMAC_SHA1_80 sealed:v1.b|2^20 @ 2 @ v1.b",
        "1 AES_CM_128_HMAC_SHA1_80 sealed:v1.a UNENCRYPTED_SRTP;2 AES_CM_128_HMAC_SHA1_80 sealed:v1.b -X=1 @ 2 @ v1.b",
        "1 AES_CM_128_HMAC_SHA1_80 inline:a;2 AES_CM_128_HMAC_SHA1_80 sealed:v1.b @ 2 @ v1.b"
    })
    void theFirstKeyThatCanBeSpokenIsTaken(String keys, int tag, String sealed) {
        String lines = "a=crypto:" + keys.replace(";", "\r\na=crypto:") + "\r\n";
        for (String protocol : new String[] {"RTP/SAVP", "RTP/SAVPF", "RTP/AVP"}) {
            PhoneMedia media = accepted(HEAD + "m=audio 4000 " + protocol + " 0\r\n" + lines);
            assertThat(media.crypto().map(CryptoLine::tag)).contains(tag);
            assertThat(media.crypto().map(CryptoLine::sealedKey)).contains(sealed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "1", "1 AES_CM_128_HMAC_SHA1_80", "x AES_CM_128_HMAC_SHA1_80 sealed:k", "1 F8_128_HMAC_SHA1_80 sealed:k",
        "1 AES_CM_128_HMAC_SHA1_80 inline:k", "1 AES_CM_128_HMAC_SHA1_80 sealed:", "1 AES_CM_128_HMAC_SHA1_80 sealed:|2^20",
        "1 AES_CM_128_HMAC_SHA1_80 sealed:a;sealed:b", "1 AES_CM_128_HMAC_SHA1_80 sealed:k KDR=1",
        "9999999999 AES_CM_128_HMAC_SHA1_80 sealed:k"
    })
    void withoutAKeyThatCanBeSpokenSecureAudioIsRefusedAndOtherIsPlain(String key) {
        assertThat(refusal(HEAD + "m=audio 4000 RTP/SAVP 0\r\na=crypto:" + key + "\r\n")).isEqualTo("stream-crypto");
        assertThat(accepted(HEAD + "m=audio 4000 RTP/AVP 0\r\na=crypto:" + key + "\r\n").crypto()).isEmpty();
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

    private static final String PCMU_AT_SIX = "m=audio 4002 RTP/AVP 0 101\r\nc=IN IP6 2001:db8::10\r\n";

    private static Negotiation byFour(String sdp) {
        return new OfferJudge(EnumSet.allOf(PhoneCodec.class), OwnAddresses.of(InetAddress.ofLiteral("192.0.2.1")), false).judge(sdp);
    }

    @Test
    void ofAlternativesTheFirstThatCanBeSentToIsTaken() {
        String offer = "v=0\r\na=group:ANAT 1 2\r\n" + PCMU_AT_SIX + "a=mid:1\r\nm=audio 4000 RTP/AVP 0 101\r\n"
                + "c=IN IP4 192.0.2.7\r\na=mid:2\r\n";
        assertThat(accepted(offer).port()).isEqualTo(4002);
        var taken = (Negotiation.Accepted) byFour(offer);
        assertThat(taken.media().port()).isEqualTo(4000);
        assertThat(taken.shape().accepted()).isEqualTo(1);
    }

    @Test
    void aStreamsOwnFamilyBeatsThatOfTheSession() {
        String session = "v=0\r\nc=IN IP6 2001:db8::10\r\nm=audio 4000 RTP/AVP 0\r\n";
        assertThat(byFour(session)).isInstanceOf(Negotiation.Refused.class);
        assertThat(byFour(session + "c=IN IP4 192.0.2.7\r\n")).isInstanceOf(Negotiation.Accepted.class);
        assertThat(byFour(HEAD + PCMU_AT_SIX)).isInstanceOf(Negotiation.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "IN IP6 2001:db8::10, stream-address-family", "IN IP6 pbx.example.org, stream-address-family",
        "IN IP4 2001:db8::10, stream-address-family", "IN IP6 fe80::1%eth0, stream-address-family",
        "IN IP4 224.2.1.1/127, stream-address", "IN IP4 224.2.1.1, stream-address", "IN IP4 255.255.255.255, stream-address",
        "IN IP5 192.0.2.7, offer-malformed", "IN IP4, offer-malformed", "IN IP4 192.0.2.7 more, offer-malformed"
    })
    void whereNothingCanBeSentTheOfferIsRefused(String connection, String step) {
        var refused = (Negotiation.Refused) byFour("v=0\r\nc=" + connection + "\r\nm=audio 4000 RTP/AVP 0\r\n");
        assertThat(refused.trace()).extracting(TraceStep::step).containsExactly(step);
    }

    @Test
    void theWordsForARefusedFamilyAreThoseOfItsWarning() {
        var refused = (Negotiation.Refused) byFour(HEAD + "m=video 4004 RTP/AVP 31\r\n" + PCMU_AT_SIX);
        assertThat(refused.detail()).startsWith("Incompatible network address formats: ").contains("IPv6", "IPv4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:192.0.2.7", "192.0.2.7"})
    void anAddressOfIpv4InAnyFormIsOne(String address) throws Exception {
        var taken = (Negotiation.Accepted) byFour("v=0\r\nc=IN IP6 " + address + "\r\nm=audio 4000 RTP/AVP 0\r\n");
        assertThat(taken.media().address()).contains(InetAddress.ofLiteral("192.0.2.7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1 192.0.2.2", "2001:db8::1 2001:db8::2", "0.0.0.0", "::"})
    void ourOwnAddressesAreOneOfEachFamily(String addresses) {
        InetAddress[] own = Arrays.stream(addresses.split(" ")).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        assertThatThrownBy(() -> OwnAddresses.of(own)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPhoneThatNeedNotSendMayBeSilent() {
        for (MediaDirection direction : MediaDirection.values()) {
            PhoneMedia media = accepted(HEAD + "m=audio 4000 RTP/AVP 0\r\na=" + direction.attribute() + "\r\n");
            assertThat(media.mayBeSilent()).isEqualTo(direction != MediaDirection.SENDRECV);
        }
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
        "m=audio 4000 RTP/AVP 18 3                                | stream-codec",
        "m=audio 4000 RTP/AVP 0;a=rtpmap:0 PCMU/16000             | stream-codec",
        "m=audio 0 RTP/AVP 0                                      | stream-disabled",
        "m=audio 4000 RTP/SAVP 0                                  | stream-crypto",
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
        assertThat(refusal(HEAD + "m=" + "a".repeat(1_000) + " 4000 RTP/AVP 0\r\n")).isEqualTo("offer-malformed");
        assertThat(refusal(HEAD + "a=x\r\n".repeat(10_000))).isEqualTo("offer-malformed");
    }
}
