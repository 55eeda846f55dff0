package dev.trunkline.events.voicemail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.CallId;
import dev.trunkline.events.MessageEnd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VoicemailTest {
    private static final String KEY = Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private static final String OTHER = Base64.getEncoder().encodeToString("abcdef0123456789abcdef0123456789".getBytes(StandardCharsets.US_ASCII));
    private static final VoicemailKeys KEYS = VoicemailKeys.parse(Optional.of(KEY), Optional.empty()).orElseThrow();
    private static final String BAKERY = "6f1d2c3b-4a59-4e68-8b77-96a5b4c3d2e1";
    private static final UUID MESSAGE = UUID.fromString("019a8c3e-9b7d-7c41-9d2e-3f1a2b4c5d6e");
    private static final VoicemailAbout ABOUT = new VoicemailAbout(
            new CallId(UUID.fromString("019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e")), Instant.parse("2026-03-02T09:15:42.100Z"), 8_000, 30, 2_000);
    /** Length of one second of audio, sealed. */
    private static final int A_SECOND_SEALED = 4 + 1 + 16_000 + 16;

    private static byte[] sealed(int seconds, Optional<Long> endMillis) throws Exception {
        var to = new ByteArrayOutputStream();
        VoicemailWriter writer = VoicemailWriter.begin(to, KEYS, BAKERY, MESSAGE, ABOUT, new SecureRandom());
        short[] samples = new short[8_000];
        for (int second = 1; second <= seconds; second++) {
            Arrays.fill(samples, (short) second);
            writer.audio(samples, samples.length);
        }
        if (endMillis.isPresent()) {
            writer.end(MessageEnd.KEY, endMillis.get());
        }
        return to.toByteArray();
    }

    private static Voicemail open(byte[] octets, VoicemailKeys keys, String organisation, UUID message) throws Exception {
        return Voicemail.open(new ByteArrayInputStream(octets), keys, organisation, message);
    }

    @Test
    void whatWasSealedIsOpened() throws Exception {
        Voicemail opened = open(sealed(3, Optional.of(3_000L)), KEYS, BAKERY, MESSAGE);
        assertThat(opened.about()).isEqualTo(ABOUT);
        assertThat(opened.ended()).isEqualTo(MessageEnd.KEY);
        assertThat(opened.length()).isEqualTo(Duration.ofSeconds(3));
        assertThat(opened.pcm()).hasSize(48_000).startsWith(1, 0, 1, 0).endsWith(3, 0, 3, 0);
        assertThat(opened.wav()).hasSize(44 + 48_000).startsWith('R', 'I', 'F', 'F');
    }

    @Test
    void theSilenceBehindItIsLeftOut() throws Exception {
        assertThat(open(sealed(3, Optional.of(1_250L)), KEYS, BAKERY, MESSAGE).length()).isEqualTo(Duration.ofMillis(1_250));
        assertThat(open(sealed(3, Optional.of(99_000L)), KEYS, BAKERY, MESSAGE).length()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void ofOneThatWasCutOffAllThatIsWholeIsOpened() throws Exception {
        byte[] whole = sealed(3, Optional.empty());
        Voicemail opened = open(whole, KEYS, BAKERY, MESSAGE);
        assertThat(opened.ended()).isEqualTo(MessageEnd.CUT_OFF);
        assertThat(opened.length()).isEqualTo(Duration.ofSeconds(3));
        for (int gone : new int[] {1, 16, 500, A_SECOND_SEALED - 1}) {
            assertThat(open(Arrays.copyOf(whole, whole.length - gone), KEYS, BAKERY, MESSAGE).length()).isEqualTo(Duration.ofSeconds(2));
        }
        assertThatThrownBy(() -> open(Arrays.copyOf(whole, 20), KEYS, BAKERY, MESSAGE)).hasMessageContaining("no piece of it is complete");
    }

    @Test
    void itOpensForNobodyElseAndUnderNoOtherName() throws Exception {
        byte[] octets = sealed(1, Optional.of(1_000L));
        assertThatThrownBy(() -> open(octets, KEYS, "another", MESSAGE)).isInstanceOf(VoicemailBrokenException.class);
        assertThatThrownBy(() -> open(octets, KEYS, BAKERY, UUID.randomUUID())).isInstanceOf(VoicemailBrokenException.class);
    }

    @Test
    void eachOctetThatIsChangedIsNoticed() throws Exception {
        byte[] octets = sealed(1, Optional.of(1_000L));
        for (int i = 0; i < octets.length; i += i < 300 ? 1 : 997) {
            byte[] changed = octets.clone();
            changed[i] ^= 1;
            int at = i;
            // If a length grows, the last piece may count as cut off; what it contained is then not trusted.
            try {
                assertThat(open(changed, KEYS, BAKERY, MESSAGE).ended()).as("octet %d", at).isEqualTo(MessageEnd.CUT_OFF);
            } catch (java.io.IOException expected) {
                assertThat(expected).isInstanceOf(VoicemailBrokenException.class);
            }
        }
    }

    @Test
    void piecesCannotBeLeftOutOrMoved() throws Exception {
        byte[] octets = sealed(3, Optional.empty());
        int from = octets.length - 3 * A_SECOND_SEALED;
        byte[] without = new byte[octets.length - A_SECOND_SEALED];
        System.arraycopy(octets, 0, without, 0, from);
        System.arraycopy(octets, from + A_SECOND_SEALED, without, from, 2 * A_SECOND_SEALED);
        assertThatThrownBy(() -> open(without, KEYS, BAKERY, MESSAGE)).isInstanceOf(VoicemailBrokenException.class);
    }

    @Test
    void theSameMessageIsNeverSealedTheSameTwice() throws Exception {
        assertThat(sealed(1, Optional.empty())).isNotEqualTo(sealed(1, Optional.empty()));
    }

    @Test
    void aKeyThatIsChangedOpensWhatItSealed() throws Exception {
        byte[] octets = sealed(1, Optional.of(1_000L));
        VoicemailKeys next = VoicemailKeys.parse(Optional.of(OTHER), Optional.of(" " + KEY + " ,")).orElseThrow();
        assertThat(open(octets, next, BAKERY, MESSAGE).length()).isEqualTo(Duration.ofSeconds(1));
        VoicemailKeys later = VoicemailKeys.parse(Optional.of(OTHER), Optional.empty()).orElseThrow();
        assertThat(later.id()).hasSize(8).isNotEqualTo(KEYS.id());
        assertThatThrownBy(() -> open(octets, later, BAKERY, MESSAGE)).hasMessageContaining("TRUNKLINE_VOICEMAIL_KEYS_ALSO");
    }

    @Test
    void withoutAKeyThereAreNoMessagesAndAWrongOneIsToldWithoutBeingShown() {
        assertThat(VoicemailKeys.parse(Optional.empty(), Optional.empty())).isEmpty();
        assertThat(VoicemailKeys.parse(Optional.of(" "), Optional.empty())).isEmpty();
        assertThatThrownBy(() -> VoicemailKeys.parse(Optional.of("c2VjcmV0"), Optional.empty()))
                .hasMessageContaining("openssl rand -base64 32").message().doesNotContain("c2VjcmV0");
    }
}
