package dev.trunkline.system.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SoakPageTest {
    private static final Series THREADS = new Series("sip-edge", Measured.THREADS);
    private static final Series PORTS = Series.suite(Measured.PORTS);

    private static Ledger ledger(List<String> withoutAccount, List<String> lost) {
        return new Ledger(120, 9, Map.of("TALKS: ended caller-hung-up", 111), 0, withoutAccount, lost, List.of(), List.of());
    }

    private static SoakFinding finding(Ledger ledger, double threadsAMinute, int minutes, List<String> left) {
        List<Sample> samples = new ArrayList<>();
        for (int minute = 0; minute <= minutes; minute++) {
            samples.add(new Sample(minute, Map.of(THREADS, 60 + threadsAMinute * minute, PORTS, 100.0)));
        }
        return new SoakFinding(50, minutes, minutes / 6.0, 71, 8, ledger, samples, Growth.of(samples, minutes / 6.0), left,
                new BadInput.Sent(7_200, 90_000, 3_500, List.of()), List.of());
    }

    private static String page(SoakFinding finding) {
        return SoakPage.of(finding, LocalDate.of(2026, 1, 2), "2 × a processor", "commit abc");
    }

    @Test
    void aRunWithoutAFindingKeepsEveryPromise() {
        SoakFinding finding = finding(ledger(List.of(), List.of()), 0, 60, List.of());
        assertThat(finding.broken()).isEmpty();
        assertThat(page(finding)).contains(
                "2026-01-02, commit abc, on 2 × a processor.", "held 50 calls for 60 minutes", "| calls placed; hand-offs that succeeded | 120; 8 |",
                "| every call has an account | yes |", "| memory, threads, descriptors and places are flat | yes |",
                "| everything was as before 71 s after the last call | yes |", "| talks: ended caller-hung-up | 111 |",
                "| sip-edge: threads | 60 | 60 | 0 | 7 | flat |", "7200 SIP messages and 90000 RTP packets of a trunk, 3500 messages from no trunk");
    }

    @Test
    void aLeakIsNamed() {
        SoakFinding finding = finding(ledger(List.of(), List.of()), 1, 60, List.of());
        assertThat(finding.broken()).containsExactly("grows: sip-edge: threads");
        assertThat(page(finding)).contains(
                "| memory, threads, descriptors and places are flat | **no**: sip-edge: threads grow |", "| sip-edge: threads | 70 | 120 | 60.0 |", "**grows**");
    }

    @Test
    void aShortRunDoesNotJudgeGrowth() {
        SoakFinding finding = finding(ledger(List.of(), List.of()), 1, 12, List.of());
        assertThat(finding.broken()).isEmpty();
        assertThat(page(finding)).contains("| the run is too short to tell |", "| not judged |");
    }

    @Test
    void callsWithoutAnAccountAndWhatIsLeftAreListed() {
        SoakFinding finding = finding(ledger(List.of("no last event: x"), List.of("TALKS at 7 s, y")), 0, 60, List.of("RTP ports: 0 before, 2 after"));
        assertThat(finding.broken()).containsExactly("1 calls without an account", "1 calls lost", "left behind: RTP ports: 0 before, 2 after");
        assertThat(page(finding)).contains(
                "| every call has an account | **no**: 1 have none |", "### Calls without an account\n- no last event: x\n",
                "### Calls that were lost\n- TALKS at 7 s, y\n", "**no**: RTP ports: 0 before, 2 after");
    }

    @Test
    void anHourOfSamplesIsShownEveryFiveMinutes() {
        assertThat(page(finding(ledger(List.of(), List.of()), 0, 60, List.of())).lines().filter(line -> line.matches("\\| \\d+ \\|.*")).map(line -> line.split(" ")[1]))
                .containsExactly("0", "5", "10", "15", "20", "25", "30", "35", "40", "45", "50", "55", "60");
    }

    @Test
    void theTotalOfAHistogramIsTheLiveHeap() {
        assertThat(LiveHeap.total("   1:  3  96  [B\nTotal        120345       10485760\n")).hasValue(10);
        assertThat(LiveHeap.total("12: no such process\n")).isEmpty();
    }
}
