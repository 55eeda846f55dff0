package dev.trunkline.console.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.console.calls.CallKind;
import dev.trunkline.console.calls.CallRow;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OrganisationRef;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoWeekTest {
    private static final OrganisationRef DEMO = new OrganisationRef("o-1", "demo");
    private static final Instant NOW = Instant.parse("2026-11-27T14:20:00Z");

    private static List<CallRow> rows() {
        return DemoWeek.calls(DEMO, NOW, 7).flatMap(List::stream).flatMap(event -> CallRow.of(event).stream()).toList();
    }

    @Test
    void theSameSeedAndTimeInventTheSame() {
        assertThat(DemoWeek.calls(DEMO, NOW, 7).toList()).isEqualTo(DemoWeek.calls(DEMO, NOW, 7).toList());
        assertThat(DemoWeek.calls(DEMO, NOW, 7).toList()).isNotEqualTo(DemoWeek.calls(DEMO, NOW, 8).toList());
    }

    @Test
    void eachCallHasOneLastEventAndIsMarked() {
        List<List<Envelope>> calls = DemoWeek.calls(DEMO, NOW, 7).toList();
        assertThat(calls).hasSizeBetween(300, 900).allSatisfy(events -> {
            assertThat(events.stream().filter(event -> event.record() instanceof CallEvent said && said.isLast())).hasSize(1);
            assertThat(events).isSortedAccordingTo(java.util.Comparator.comparing(Envelope::time));
            assertThat(events.stream().map(Envelope::id).distinct()).hasSameSizeAs(events);
        });
        assertThat(rows()).hasSameSizeAs(calls).allMatch(row -> row.kind() == CallKind.DEMO && row.organisationId().equals(java.util.Optional.of("o-1")));
        assertThat(rows().stream().map(CallRow::callId).distinct()).hasSameSizeAs(calls);
    }

    @Test
    void theyAreOfTheDaysBeforeAndNoneIsOfThisMoment() {
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row.receivedAt()).isBefore(NOW.minus(Duration.ofHours(1))).isAfter(NOW.minus(Duration.ofDays(8)));
            assertThat(row.endedAt()).isBefore(NOW);
        });
        Map<DayOfWeek, Long> days = rows().stream().collect(Collectors.groupingBy(
                row -> row.receivedAt().atZone(ZoneId.of("Europe/Brussels")).getDayOfWeek(), Collectors.counting()));
        assertThat(days).hasSize(7);
        assertThat(days.get(DayOfWeek.SUNDAY)).isLessThan(days.get(DayOfWeek.TUESDAY));
    }

    @Test
    void mostAreAnsweredAndSomeAreNotForReasonsOfTheDemo() {
        Map<String, Long> outcomes = rows().stream().collect(Collectors.groupingBy(CallRow::outcome, Collectors.counting()));
        assertThat(outcomes.get("answered")).isGreaterThan(rows().size() * 3L / 4);
        assertThat(outcomes).containsKeys("refused", "unanswered");
        assertThat(rows().stream().map(CallRow::reason)).contains("number-inactive", "no-agent", "number-busy", "caller-rate");
        assertThat(rows()).filteredOn(row -> row.number().equals(java.util.Optional.of("+3225550103"))).allMatch(row -> row.reason().equals("number-inactive"));
    }
}
