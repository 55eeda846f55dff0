package dev.trunkline.edge.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.privacy.Sealer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdpKeysTest {
    private static final CallId CALL = new CallId(new UUID(1, 2));
    private static final String KEY = "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj";
    private static final String OTHER = "YUJDZGVmZ2hpSktMbW9QUXJzVHVWd3lad3l4YWJj";
    private static final String PLAIN = "v=0\r\nm=audio 4000 RTP/SAVP 0\r\n";

    private final Sealer sealer = new Sealer(new byte[32], new SecureRandom());
    private final SdpKeys keys = new SdpKeys(sealer);

    private static Envelope of(CallRecord record) {
        return new Envelope(UUID.randomUUID(), "/t", Instant.EPOCH, Owners.NONE, "", record);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "\r\n",
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|1:4 KDR=1 FEC_ORDER=FEC_SRTP\r\na=sendrecv\r\n",
        "a=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:" + KEY + "|2^20;inline:" + OTHER + "|2^20\r\n",
        "a=crypto:1 A inline:" + KEY + "\r\na=crypto:2 B inline:" + OTHER + "\r\na=ptime:20\r\n"
    })
    void keysAreSealedAndComeBackAsTheyWere(String lines) {
        String sealed = keys.sealed(CALL, PLAIN + lines);
        assertThat(sealed).startsWith(PLAIN).contains("sealed:v1.").doesNotContain("inline").doesNotContain(KEY, OTHER);
        assertThat(keys.opened(CALL, sealed)).isEqualTo(PLAIN + lines);
    }

    @Test
    void anySpellingOfInlineIsSealed() {
        String sealed = keys.sealed(CALL, "a=crypto:1 A InLine:" + KEY + "\r\n");
        assertThat(sealed).doesNotContain(KEY);
        assertThat(keys.opened(CALL, sealed)).isEqualTo("a=crypto:1 A inline:" + KEY + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a=crypto:1 A prf:" + KEY, "a=crypto:" + KEY, "a=crypto:", "a=crypto:1 A sealed:v1.x", "a=crypto:1 A xinline:" + KEY, "a=Crypto:1 A inline:" + KEY, "a=x-key:inline:" + KEY,
        "a=crypto:1 A inline:" + KEY + " FEC_KEY=inline:" + OTHER, "a=crypto:1 A inline:" + KEY + ";prf:" + OTHER,
        "a=crypto:1 A inline:" + KEY + "|2^20|1:4|" + OTHER, "a=crypto:1 A " + KEY + " inline:" + OTHER
    })
    void aLineThatIsNotUnderstoodIsLeftOut(String line) {
        assertThat(keys.sealed(CALL, PLAIN + line + "\r\n")).isEqualTo(PLAIN);
    }

    @Test
    void whatCannotBeOpenedIsLeftOut() {
        var another = new CallId(new UUID(3, 4));
        assertThat(keys.opened(another, keys.sealed(CALL, PLAIN + "a=crypto:1 A inline:" + KEY + "\r\n"))).isEqualTo(PLAIN);
        String lines = sealer.seal(CALL, "x\r\na=evil".getBytes(StandardCharsets.US_ASCII));
        assertThat(keys.opened(CALL, PLAIN + "a=crypto:1 A sealed:" + lines + "\r\n")).isEqualTo(PLAIN);
    }

    @Test
    void descriptionsWithoutKeysAreNotTouched() {
        Envelope offered = of(new MediaOffered(CALL, 1, PLAIN));
        assertThat(keys.sealed(offered)).isSameAs(offered);
        Envelope ready = of(new MediaReady(CALL, "r", "room", "PA", PLAIN, "PCMU", 1));
        assertThat(keys.opened(ready)).isSameAs(ready);
    }

    @Test
    void eventsAreSealedOnTheirWayOutAndOpenedOnTheirWayIn() {
        String line = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "\r\n";
        var offered = (MediaOffered) keys.sealed(of(new MediaOffered(CALL, 1, PLAIN + line))).record();
        assertThat(offered.sdpOffer()).doesNotContain(KEY).contains("sealed:");
        var answered = (MediaOffered) keys.sealed(of(MediaOffered.answering(CALL, 1, PLAIN + line))).record();
        assertThat(answered.sdpOffer()).isEmpty();
        assertThat(answered.sdpAnswer().orElseThrow()).doesNotContain(KEY).contains("sealed:");
        var ready = (MediaReady) keys.opened(
                of(new MediaReady(CALL, "r", "room", "PA", offered.sdpOffer(), "PCMU", 1))).record();
        assertThat(ready.sdpAnswer()).isEqualTo(PLAIN + line);
    }

    @Test
    void noKeyEscapesHoweverTheLineIsDamaged() {
        var random = new Random(5);
        String line = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|1:4;inline:" + KEY + " WSH=64\r\n";
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder(line);
            for (int damage = random.nextInt(3); damage >= 0; damage--) {
                // A position behind "a=crypto:" and outside the key itself.
                int at = 9 + random.nextInt(30);
                text.insert(at, "; |:\tx=".charAt(random.nextInt(7)));
            }
            assertThat(keys.sealed(CALL, text.toString())).doesNotContain(KEY);
        }
    }
}
