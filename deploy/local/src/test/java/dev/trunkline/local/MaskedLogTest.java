package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedLogTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "participant: sip_+32470123456, room: x | participant: sip_…, room: x",
        "participant: sip_32470123456_ab        | participant: sip_…_ab",
        "name: Phone +32470123456               | name: Phone …",
        "number: +32470123456                   | number: +…",
        "participant: sip_0032470123456 x       | participant: sip_… x",
        "participant: sip_0470123456,           | participant: sip_…,",
        "participant: sip_+32-470-12.34.56, x   | participant: sip_…, x",
        "participant: sip_0032/470*12 x         | participant: sip_… x",
        "participant: sip_1000                  | participant: sip_…",
        "participant: sip_99999999999999999999x | participant: sip_…",
        "participant: sip_alice@pbx             | participant: sip_…",
        "participant: sip_1000_abcde            | participant: sip_…_abcde",
        "participant: sip_1234567890123456      | participant: sip_…",
        "participant: sip_f00dcafef00dcafe      | participant: sip_f00dcafef00dcafe",
        "participant: sip_anonymous_x1Y2        | participant: sip_anonymous_x1Y2",
        "[participant: sip_32470123456] x       | [participant: sip_…] x",
        "name: Phone 0032 470 12 34 56          | name: Phone …",
        "port: 17880, pid 123456                | port: 17880, pid 123456",
    })
    void numbersAreMasked(String line, String masked) {
        assertThat(MaskedLog.mask(line).replace("+…", "…")).isEqualTo(masked.replace("+…", "…"));
    }

    @Test
    void numbersInJsonAreMasked() {
        assertThat(MaskedLog.mask("{\"participant\": \"sip_0032470123456\", \"room\": \"x\"}"))
                .isEqualTo("{\"participant\": \"sip_…\", \"room\": \"x\"}");
    }
}
