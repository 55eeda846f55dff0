package dev.trunkline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamageTest {
    private static final String MESSAGE = "OPTIONS sip:x SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nMax-Forwards: 70\r\nCSeq: 1 OPTIONS\r\n\r\n";

    @Test
    void theSameSeedDamagesAlikeAndAnotherOtherwise() {
        assertThat(series(1)).isEqualTo(series(1)).isNotEqualTo(series(2));
    }

    private static Set<String> series(long seed) {
        SipDamage damage = new SipDamage(new Random(seed));
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            texts.add(damage.damage(MESSAGE));
        }
        return texts;
    }

    @Test
    void damageHasManyFormsAndFitsADatagram() {
        SipDamage damage = new SipDamage(new Random(3));
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            String text = damage.damage(MESSAGE);
            assertThat(text.length()).isLessThanOrEqualTo(60_000);
            texts.add(text);
        }
        assertThat(texts).hasSizeGreaterThan(15_000);
    }

    @Test
    void packetsAreDamagedWithoutTheOriginal() {
        RtpDamage damage = new RtpDamage(new Random(4));
        byte[] packet = new byte[172];
        packet[0] = (byte) 0x80;
        int changed = 0;
        for (int i = 0; i < 1_000; i++) {
            changed += java.util.Arrays.equals(damage.damage(packet), packet) ? 0 : 1;
        }
        assertThat(changed).isGreaterThan(900);
        assertThat(packet[0]).isEqualTo((byte) 0x80);
    }

    @Test
    void theCommandLineIsRead() {
        assertThat(FuzzOptions.parse(7)).isEqualTo(FuzzOptions.of(Duration.ofMinutes(1), 7));
        assertThat(FuzzOptions.parse(7, "--minutes", "60", "--seed", "5", "--from", "127.0.0.2", "--beside", "127.0.0.3", "--number", "+1", "--rate", "9"))
                .isEqualTo(new FuzzOptions(Duration.ofHours(1), 5, "127.0.0.2", "127.0.0.3", "+1", 9));
    }

    @ParameterizedTest
    @CsvSource({
        "--minutes 0, --minutes wants a number from 1 to 1440",
        "--minutes, --minutes wants a value",
        "--rate many, --rate wants a number",
        "--loud 1, there is no option --loud"
    })
    void aFaultyCommandLineIsExplained(String line, String words) {
        assertThatThrownBy(() -> FuzzOptions.parse(7, line.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
