package dev.trunkline.edge.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.edge.refresh.TimerPolicy.Verdict.Agreed;
import dev.trunkline.edge.refresh.TimerPolicy.Verdict.TooSmall;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimerPolicyTest {
    private static final TimerPolicy POLICY = new TimerPolicy(1800, 100);
    private static final Optional<SessionTimer> NOBODYS = Optional.empty();

    private static TimerHeaders headers(String supported, String expires, String minimum) {
        var headers = new java.util.HashMap<String, List<String>>();
        headers.put("supported", supported.isEmpty() ? List.of() : List.of(supported));
        headers.put("session-expires", expires.isEmpty() ? List.of() : List.of(expires));
        headers.put("min-se", minimum.isEmpty() ? List.of() : List.of(minimum));
        return TimerHeaders.of(SipHeaders.of(headers));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        // Supported, Session-Expires, Min-SE, expected Session-Expires of the 2xx
        "timer,       1800;refresher=uac, '',   1800;refresher=uac",
        "timer,       1800;refresher=uas, '',   1800;refresher=uas",
        "'100rel, TIMER', 1800,           '',   1800;refresher=uas",
        "timer,       '',                 '',   1800;refresher=uas",
        "timer,       '',                 3600, 3600;refresher=uas",
        "timer,       7200,               '',   1800;refresher=uas",
        "timer,       7200,               3600, 3600;refresher=uas",
        "timer,       100,                '',   100;refresher=uas",
        "'',          1800,               '',   1800;refresher=uas",
        "'',          1800;refresher=uac, '',   1800;refresher=uas",
        "timer,       300 ; Refresher=UAC,'',   300;refresher=uac",
        "timer,       300;refresher=me,   '',   300;refresher=uas",
        "timer,       soon,               '',   1800;refresher=uas",
        "timer,       99999999999,        '',   1800;refresher=uas",
        "'',          '',                 '',   1800;refresher=uas",
        "'',          50,                 '',   1800;refresher=uas",
        "100rel,      '',                 2400, 2400;refresher=uas",
    })
    void agrees(String supported, String expires, String minimum, String said) {
        var agreed = (Agreed) POLICY.judge(headers(supported, expires, minimum), NOBODYS);
        assertThat(agreed.headers().stream().filter(header -> header.name().equals("Session-Expires")).findFirst()
                        .map(SipHeader::value))
                .isEqualTo(Optional.ofNullable(said));
        assertThat(agreed.headers().contains(new SipHeader("Require", "timer")))
                .isEqualTo(said != null && said.endsWith("uac"));
    }

    @Test
    void refusesLessThanItsMinimum() {
        assertThat(POLICY.judge(headers("timer", "99", ""), NOBODYS)).isEqualTo(new TooSmall(100));
        assertThat(POLICY.judge(headers("timer", "0", ""), NOBODYS)).isEqualTo(new TooSmall(100));
    }

    @Test
    void keepsWhatWasAgreedUntilSomebodySaysOtherwise() {
        var theirs = Optional.of(new SessionTimer(300, 90, false));
        assertThat(((Agreed) POLICY.judge(headers("timer", "", ""), theirs)).timer()).isEqualTo(theirs);
        assertThat(((Agreed) POLICY.judge(headers("timer", "300", ""), theirs)).timer()).isEqualTo(theirs);
        // A peer that no longer supports timers cannot be trusted to refresh.
        assertThat(((Agreed) POLICY.judge(TimerHeaders.NONE, theirs)).timer())
                .contains(new SessionTimer(300, 90, true, true));
    }

    @Test
    void asksForNoneByASettingAndAgreesToAny() {
        var passive = new TimerPolicy(0, 90);
        assertThat(passive.judge(headers("timer", "", ""), NOBODYS)).isEqualTo(Agreed.NONE);
        assertThat(passive.judge(TimerHeaders.NONE, NOBODYS)).isEqualTo(Agreed.NONE);
        assertThat(((Agreed) passive.judge(headers("timer", "7200", ""), NOBODYS)).timer())
                .contains(new SessionTimer(7200, 90, true));
    }

    @Test
    void isSetSensibly() {
        assertThatThrownBy(() -> new TimerPolicy(60, 90)).hasMessageContaining("trunkline.sip.session-expires");
    }

    @ParameterizedTest
    @CsvSource({"1800, 900, 1768", "90, 45, 60", "96, 48, 64"})
    void refreshesAtHalfAndEndsALittleBeforeTheEnd(int seconds, int refresh, int end) {
        var timer = new SessionTimer(seconds, 90, true);
        assertThat(timer.refreshAfter()).isEqualTo(Duration.ofSeconds(refresh));
        assertThat(timer.endsAfter()).isEqualTo(Duration.ofSeconds(end));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 300, true", "300;refresher=uac, 300, true", "300;refresher=uas, 300, false", "300, 300, true",
        "200;refresher=uac, 200, true", "100;refresher=uac, 120, true", "900;refresher=uas, 300, false",
    })
    void takesWhatA2xxSays(String expires, int seconds, boolean ours) {
        assertThat(new SessionTimer(300, 120, true).accepted(headers("", expires, "")))
                .isEqualTo(new SessionTimer(seconds, 120, ours));
    }

    @Test
    void namesTheMinimumThatItLearned() {
        assertThat(new SessionTimer(300, 90, true).asking()).extracting(SipHeader::name)
                .containsExactly("Supported", "Session-Expires");
        assertThat(new SessionTimer(300, 90, true).raised(600).asking())
                .contains(new SipHeader("Session-Expires", "600;refresher=uac"), new SipHeader("Min-SE", "600"));
    }
}
