package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.message.SipHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Additional information in requests of the caller's side. */
class ToldTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "application/dtmf-relay | Signal=5\\r\\nDuration=160\\r\\n | 5 | 160",
        "application/dtmf-relay | Signal= #\\nDuration= 250 | # | 250",
        "application/dtmf-relay | signal=*  | * | 160",
        "application/dtmf-relay | Signal=10\\r\\nDuration=0 | * | 1",
        "application/dtmf-relay | Signal=d\\r\\nDuration=999999 | D | 10000",
        "application/dtmf | 7 | 7 | 160",
        "application/dtmf | 11 | # | 160",
        "application/dtmf | a\\r\\n | A | 160",
    })
    void readsKeys(String type, String body, char digit, int millis) {
        assertThat(ToldKey.of(type, body.replace("\\r", "\r").replace("\\n", "\n")))
                .isEqualTo(new ToldKey.Pressed(digit, millis));
    }

    @ParameterizedTest
    @CsvSource({
        "application/dtmf-relay, Signal=55", "application/dtmf-relay, Signal=E", "application/dtmf-relay, ''",
        "application/dtmf-relay, Duration=100", "application/dtmf, 123", "application/dtmf, x", "application/dtmf, 16",
    })
    void readsNoOther(String type, String body) {
        assertThat(ToldKey.of(type, body)).isEqualTo(new ToldKey.Unreadable());
    }

    @Test
    void tellsKeysFromTheRest() {
        assertThat(ToldKey.of("", "")).isEqualTo(new ToldKey.Nothing());
        assertThat(ToldKey.of("application/media_control+xml", "<x/>")).isEqualTo(new ToldKey.Foreign());
        assertThat(new ToldKey.Pressed('5', 160)).asString().doesNotContain("5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "SIP;cause=200;text=\"Call completed elsewhere\" | SIP;cause=200",
        "Q.850 ; cause = 16 ; text=\"Terminated by +32475112233\" | Q.850;cause=16",
        "SIP;text=\"a, b;cause=7\";cause=486, Q.850;cause=17 | SIP;cause=486, Q.850;cause=17",
        "q.850;cause=31 | Q.850;cause=31",
        "SIP | -",
        "X-Own;cause=5 | -",
        "SIP;cause=+32475112233 | -",
        "SIP;cause=32475112233 | -",
        ";;; | -",
    })
    void keepsCausesAndNoTexts(String header, String causes) {
        var reason = GivenReason.of(SipHeaders.of(Map.of("reason", List.of(header))));
        assertThat(reason.text()).isEqualTo(Optional.ofNullable(causes));
        assertThat(reason.elsewhere()).isEqualTo("SIP;cause=200".equals(causes));
    }
}
