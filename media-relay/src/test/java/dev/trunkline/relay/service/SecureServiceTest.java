package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.srtp.SrtpSuite;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phones that use SRTP with keys in SDP, through the whole service; keys are sealed as the edge seals them. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class SecureServiceTest extends WholeRelay {
    private final CallId call = new CallId(UUID.randomUUID());

    /** Sets up a phone in an established call with an agent that echoes. */
    private FakePhone secured(PhoneCodec codec, PhoneCrypto crypto, AudioCodec room) throws Exception {
        FakePhone phone = opened(new FakePhone(codec, 20, 0x5555));
        admit(TestCalls.admitted(call, "secure-" + call, crypto.secured(phone.offer())));
        var ready = (MediaReady) bus.await(call, MediaReady.class).record();
        assertThat(ready.sdpAnswer()).contains(" RTP/SAVP ").doesNotContain("inline");
        opened(new FakeAgent(rtc, ready.room(), "agent-1", room));
        bus.await(call, AgentJoined.class);
        phone.secure(crypto.agreed(ready.sdpAnswer()));
        phone.answered(ready.sdpAnswer());
        bus.say(new CallAnswered(call, "edge-t", AnswerPolicy.ON_AGENT, 50, "sealed"));
        phone.hum(440);
        Await.untilTrue("the phone hears its tone", () -> phone.hears(440));
        return phone;
    }

    @ParameterizedTest
    @CsvSource({
        "AES_CM_128_HMAC_SHA1_80, PCMU, PCMU", "AES_CM_128_HMAC_SHA1_32, PCMA, PCMA", "AES_CM_128_HMAC_SHA1_80, G722, OPUS"
    })
    void aPhoneHearsItsOwnToneUnderItsKeys(SrtpSuite suite, PhoneCodec codec, AudioCodec room) throws Exception {
        FakePhone phone = secured(codec, new PhoneCrypto(call, suite), room);
        assertThat(phone.unreadable).hasValue(0);
    }

    @Test
    void aThousandBadPacketsChangeNothing() throws Exception {
        FakePhone phone = secured(PhoneCodec.PCMU, new PhoneCrypto(call, SrtpSuite.AES_CM_128_HMAC_SHA1_80), AudioCodec.PCMU);
        var random = new Random(3);
        double before = unauthentic();
        byte[] good = phone.lastSent();
        for (int i = 0; i < 1_000; i++) {
            byte[] bad = good.clone();
            switch (i % 5) {
                case 0 -> bad[bad.length - 1 - random.nextInt(10)] ^= (byte) (1 + random.nextInt(255));
                case 1 -> bad[12 + random.nextInt(160)] ^= 1;
                case 2 -> bad[2 + random.nextInt(10)] ^= (byte) (1 + random.nextInt(255));
                // Unencrypted.
                case 3 -> bad = java.util.Arrays.copyOf(bad, 172);
                // A replay of the unchanged packet.
                default -> bad[0] = good[0];
            }
            phone.raw(bad);
            if (i % 50 == 0) {
                Thread.sleep(20);
            }
        }
        Await.untilTrue("they are counted", () -> unauthentic() - before >= 990);
        int heard = phone.heard.size();
        Await.untilTrue("the phone hears its tone as before", () -> phone.heard.size() > heard + 40 && phone.hears(440));
        var beat = (CallHeartbeat) bus.await(
                call, CallHeartbeat.class, heartbeat -> heartbeat.media().packetsReceived() > 75).record();
        assertThat(beat.media().lost()).isLessThanOrEqualTo(2);
        assertThat(beat.media().mos()).isGreaterThan(4);
        assertThat(phone.unreadable).hasValue(0);
    }

    private static double unauthentic() {
        return RestAssured.given().port(Surroundings.HTTP_PORT).get("/q/metrics").asString().lines()
                .filter(line -> line.startsWith("trunkline_relay_packets_dropped_total{reason=\"unauthentic\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst().orElse(0);
    }

    @Test
    void thePhoneTakesAnotherKeyAndTheSessionGoesOn() throws Exception {
        FakePhone phone = secured(PhoneCodec.PCMU, new PhoneCrypto(call, SrtpSuite.AES_CM_128_HMAC_SHA1_80), AudioCodec.PCMU);
        var other = new PhoneCrypto(call, SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        bus.say(new MediaOffered(call, 1, other.secured(phone.offer())));
        var ready = (MediaReady) bus.await(call, MediaReady.class, answer -> answer.revision() == 1).record();
        phone.secure(other.agreed(ready.sdpAnswer()));
        int heard = phone.heard.size();
        Await.untilTrue("the phone hears its tone under its new key", () ->
                phone.heard.size() > heard + 40 && phone.hears(440));
    }

    @ParameterizedTest
    @CsvSource({
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5, stream-crypto",
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 sealed:v1.broken, srtp-key-unusable"
    })
    void aKeyInTheClearOrBrokenIsRefused(String line, String step) throws Exception {
        String offer = "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/SAVP 0\r\n" + line + "\r\n";
        admit(TestCalls.admitted(call, "secure-" + call, offer));
        var rejected = (CallRejected) bus.await(call, CallRejected.class).record();
        assertThat(rejected.status()).isEqualTo(488);
        assertThat(rejected.trace()).extracting("step").contains(step);
        assertThat(rejected.trace().toString()).doesNotContain("MDEyMzQ1");
    }
}
