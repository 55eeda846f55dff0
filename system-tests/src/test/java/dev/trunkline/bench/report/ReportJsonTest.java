package dev.trunkline.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.bench.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportJsonTest {

    @Test
    void aReportIsReadAsItWasWritten() {
        Report report = Samples.report(1);
        assertThat(ReportJson.read(ReportJson.write(report))).isEqualTo(report);
    }

    @Test
    void theOrderOfMachineAndVersionsIsKept() {
        assertThat(ReportJson.read(ReportJson.write(Samples.report(1))).surroundings().keySet())
                .containsExactly("date", "machine", "kernel", "Trunkline", "Kafka");
    }

    @Test
    void whatALaterVersionAddsIsPassedOver() {
        String later = ReportJson.write(Samples.report(1)).replaceFirst("\"processors\"", "\"weather\" : \"fine\", \"processors\"");
        assertThat(ReportJson.read(later)).isEqualTo(Samples.report(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "[]", "{\"format\":\"trunkline-bench-1\"}", "{\"format\":\"other\",\"report\":{}}",
        "{\"format\":\"trunkline-bench-1\",\"report\":{}}", "{\"format\":\"trunkline-bench-1\",\"report\":{\"parts\":[3]}}", "not json"})
    void whatIsNoReportIsRefusedInWords(String json) {
        assertThatThrownBy(() -> ReportJson.read(json)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no report of ./trunkline bench");
    }

    @Test
    void theFirstMinuteIsKeptByItself() {
        FirstMinute minute = Samples.report(1).firstMinute().orElseThrow();
        assertThat(ReportJson.readFirstMinute(ReportJson.write(minute))).isEqualTo(minute);
        var refused = new FirstMinute(minute.ready(), 0.1, 200, minute.seconds(), Double.NaN);
        assertThat(ReportJson.readFirstMinute(ReportJson.write(refused))).isEqualTo(refused);
        assertThatThrownBy(() -> ReportJson.readFirstMinute("x")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("--cold");
    }
}
