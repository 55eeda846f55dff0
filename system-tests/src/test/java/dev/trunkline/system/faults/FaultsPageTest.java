package dev.trunkline.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.EndReason;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultsPageTest {
    private static final Fault HARMLESS = new Fault("redis-wiped", "Redis is wiped", Set.of(), suite -> {});
    private static final Fault ROOMS = new Fault("livekit", "LiveKit is stopped", Set.of(EndReason.LIVEKIT_LOST), suite -> {});

    private static Finding finding(Fault fault, Map<String, Integer> lost, OptionalLong recovered, int withoutEnd, int twice, Map<String, Double> left) {
        return new Finding(fault, 24, 60, lost, Map.of(), Map.of("deadline", 3), 340, 200, recovered, withoutEnd, twice, 0, left);
    }

    private static Finding well(Fault fault, Map<String, Integer> lost) {
        return finding(fault, lost, OptionalLong.of(2_500), 0, 0, Map.of());
    }

    private static String page(Finding finding) {
        return FaultsPage.of(List.of(new FaultsPage.Line(finding.fault(), Optional.of(finding), "")), LocalDate.of(2026, 1, 2), "2 × a processor", 24, 8);
    }

    @Test
    void aCallThatNeedNotDieIsAPromiseThatIsBroken() {
        assertThat(well(HARMLESS, Map.of()).broken()).isEmpty();
        assertThat(well(HARMLESS, Map.of("relay-lost", 2)).broken()).containsExactly("2 calls that were up were lost: relay-lost");
        assertThat(well(ROOMS, Map.of("livekit-lost", 2)).broken()).isEmpty();
        assertThat(well(ROOMS, Map.of("livekit-lost", 2, "edge-lost", 1)).broken()).containsExactly("1 calls that were up were lost: edge-lost");
    }

    @Test
    void soAreEventsThatAreMissingOrDoubleWhatIsLeftAndASuiteThatStaysDown() {
        assertThat(finding(HARMLESS, Map.of(), OptionalLong.empty(), 1, 2, Map.of("slots in Redis", 3.0)).broken()).containsExactly(
                "1 calls have no last event", "2 calls have several last events", "slots in Redis: 3 left", "it does not recover");
    }

    @Test
    void aLineSaysWhatWasMeasured() {
        assertThat(page(well(HARMLESS, Map.of())).lines()).contains(
                "| Redis is wiped | 24, 60 | none | 3 deadline | 0.3 s | 2.5 s | one each | none | kept |");
        assertThat(page(finding(HARMLESS, Map.of("relay-lost", 1), OptionalLong.empty(), 1, 0, Map.of("slots in Redis", 3.0))).lines()).contains(
                "| Redis is wiped | 24, 60 | 1 relay-lost | 3 deadline | 0.3 s | no | 1 missing, 0 double, 0 calls unheard of | slots in Redis: 3 | **broken**: "
                        + "1 calls that were up were lost: relay-lost; 1 calls have no last event; slots in Redis: 3 left; it does not recover |");
    }

    @Test
    void whatCouldNotBeTriedSaysWhy() {
        String page = FaultsPage.of(List.of(new FaultsPage.Line(HARMLESS, Optional.empty(), "there is no nft")), LocalDate.of(2026, 1, 2), "m", 24, 8);
        assertThat(page.lines()).contains("| Redis is wiped | not tried: there is no nft | | | | | | | |");
        assertThat(page).contains("2026-01-02, on m.");
    }

    @Test
    void eachFaultHasANameOfItsOwn() {
        assertThat(Faults.all()).extracting(Fault::name).doesNotHaveDuplicates().hasSizeGreaterThan(12).allMatch(name -> name.matches("[a-z-]+"));
    }

    @Test
    void aReasonIsTheSuitesOwnWord() {
        assertThat(Reasons.code("SIP;cause=503;text=\"deadline\"")).isEqualTo("deadline");
        assertThat(Reasons.code("Q.850;cause=16")).isEqualTo("Q.850;cause=16");
    }
}
