package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.SrtpUse;
import dev.trunkline.relay.sdp.CryptoLine;
import dev.trunkline.relay.sdp.CryptoSuite;
import dev.trunkline.relay.sdp.Negotiation;
import dev.trunkline.relay.sdp.OfferJudge;
import dev.trunkline.relay.sdp.OwnAddresses;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.relay.sdp.PhoneMedia;
import dev.trunkline.relay.sdp.SdpWriter;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MediaTermsTest {
    private static final OwnAddresses OWN = OwnAddresses.of(InetAddress.getLoopbackAddress());
    private static final OfferJudge SUITE =
            new OfferJudge(List.of(PhoneCodec.PCMU, PhoneCodec.PCMA, PhoneCodec.G722, PhoneCodec.OPUS), OWN, false);
    private static final SdpWriter.OwnKey KEY = new SdpWriter.OwnKey(CryptoSuite.AES_CM_128_HMAC_SHA1_80, "v1.ours");
    private static final String PLAIN = "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 0\r\n";

    private static MediaTerms terms(SrtpUse use) {
        return new MediaTerms(SUITE, Optional.of(use));
    }

    private static PhoneMedia media(String sdp) {
        return ((Negotiation.Accepted) SUITE.judge(sdp)).media();
    }

    private static PhoneMedia keyed(String suite) {
        return media(PLAIN + "a=crypto:1 " + suite + " sealed:v1.theirs\r\n");
    }

    private static String offer(MediaTerms terms) {
        return new SdpWriter(1, OWN, 10_000).offer(
                terms.judge().offering(Optional.empty()),
                terms.offersKey() ? Optional.of(KEY) : Optional.empty(), !terms.requiresKey());
    }

    @Test
    void theTrunksSettingIsTheShapeOfTheOffer() {
        assertThat(offer(terms(SrtpUse.OFF))).contains("m=audio 10000 RTP/AVP ").doesNotContain("a=crypto");
        assertThat(offer(terms(SrtpUse.OFFER))).contains("m=audio 10000 RTP/AVP ")
                .contains("a=crypto:1 AES_CM_128_HMAC_SHA1_80 sealed:v1.ours\r\n");
        assertThat(offer(terms(SrtpUse.REQUIRE))).contains("m=audio 10000 RTP/SAVP ")
                .contains("a=crypto:1 AES_CM_128_HMAC_SHA1_80 sealed:v1.ours\r\n");
        assertThat(offer(new MediaTerms(SUITE, Optional.empty()))).contains("RTP/AVP ").doesNotContain("a=crypto");
    }

    @Test
    void comfortNoiseIsOfferedWhereTheSettingSaysSoAndWhereItWasAgreedOn() {
        var offering = new MediaTerms(new OfferJudge(List.of(PhoneCodec.PCMU), OWN, true), Optional.empty());
        assertThat(offer(offering)).contains(" RTP/AVP 0 101 13\r\n").contains("a=rtpmap:13 CN/8000\r\n");
        assertThat(offer(new MediaTerms(SUITE, Optional.empty()))).doesNotContain("CN/8000");
        Optional<PhoneMedia> agreed = Optional.of(media("v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 0 98\r\na=rtpmap:98 CN/8000\r\n"));
        assertThat(SUITE.offering(agreed).comfortNoise()).hasValue(98);
        Optional<PhoneMedia> without = Optional.of(media(PLAIN));
        assertThat(offering.judge().offering(without).comfortNoise()).as("not in the middle of a call").isEmpty();
    }

    @Test
    void theTrunksCodecsAreOfferedInItsOrderAndNoOthers() {
        OfferJudge some = SUITE.of(List.of("g722", "G729", "PCMA", "no\u0000codec")).orElseThrow();
        assertThat(offer(new MediaTerms(some, Optional.of(SrtpUse.OFF)))).contains(" RTP/AVP 9 8 101\r\n");
        assertThat(some.judge(PLAIN)).isInstanceOf(Negotiation.Refused.class);
        assertThat(SUITE.of(List.of())).containsSame(SUITE);
        assertThat(SUITE.of(List.of("G729", ""))).isEmpty();
        assertThat(new OfferJudge(List.of(PhoneCodec.PCMU), OWN, false).of(List.of("PCMA"))).isEmpty();
    }

    @Test
    void aTrunkThatRequiresSrtpTakesNoDescriptionWithoutIt() {
        assertThat(terms(SrtpUse.REQUIRE).objection(media(PLAIN)).orElseThrow()).contains("requires SRTP");
        assertThat(terms(SrtpUse.REQUIRE).objection(keyed("AES_CM_128_HMAC_SHA1_80"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = SrtpUse.class, names = {"OFF", "OFFER"})
    void othersDo(SrtpUse use) {
        assertThat(terms(use).objection(media(PLAIN))).isEmpty();
        assertThat(terms(use).objection(keyed("AES_CM_128_HMAC_SHA1_32"))).isEmpty();
        assertThat(new MediaTerms(SUITE, Optional.empty()).objection(media(PLAIN))).isEmpty();
    }

    @Test
    void anAnswersKeyIsOfTheSuiteThatWasOffered() {
        Optional<CryptoLine> none = media(PLAIN).crypto();
        Optional<CryptoLine> eighty = keyed("AES_CM_128_HMAC_SHA1_80").crypto();
        Optional<CryptoLine> thirtyTwo = keyed("AES_CM_128_HMAC_SHA1_32").crypto();
        assertThat(MediaTerms.objectionToKey(none, Optional.of(KEY))).isEmpty();
        assertThat(MediaTerms.objectionToKey(none, Optional.empty())).isEmpty();
        assertThat(MediaTerms.objectionToKey(eighty, Optional.of(KEY))).isEmpty();
        assertThat(MediaTerms.objectionToKey(thirtyTwo, Optional.of(KEY)).orElseThrow()).contains("different SRTP suite");
        assertThat(MediaTerms.objectionToKey(eighty, Optional.empty()).orElseThrow()).contains("none was offered");
    }
}
