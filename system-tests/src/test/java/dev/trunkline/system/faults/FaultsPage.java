package dev.trunkline.system.faults;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Produces {@code docs/faults.md} as text. Pure. */
final class FaultsPage {
    private static final String NONE = "none";

    /**
     * The result of one fault.
     *
     * @param finding what was measured; empty if the fault could not be tried
     * @param notTried why it was not tried; empty if it was
     */
    record Line(Fault fault, Optional<Finding> finding, String notTried) {}

    private FaultsPage() {}

    /**
     * @param machine hardware and system
     * @param held number of calls that are up before each fault
     * @param churning number of calls that come and go beside them
     */
    static String of(List<Line> lines, LocalDate date, String machine, int held, int churning) {
        StringBuilder page = new StringBuilder("""
                # When things break
                Written by `./trunkline faults --report docs/faults.md`; do not write here. %s, on %s.

                Each fault hits a whole suite on one machine, with one replica of each service and a supervisor as under `./trunkline run`. During the fault %d calls are
                held (each sends a tone, which the agent echoes), and %d more callers call, talk for a second and a half and hang up, again and again. Everything here was observed
                from outside: by the phones, in the events on Kafka, in Redis, in LiveKit and in the metrics. **Recovered** is the time from the beginning of the fault until a new call
                hears itself, every held call hears itself, and every service is ready; the duration of the fault itself is in brackets. **Silence** is the longest time for which a
                held call heard nothing, to 0.1 s. **Left behind** counts calls, ports, slots in Redis and rooms that are still in use half a minute after the last call. Calls that
                were answered during the fault and that the suite then ended are in the third column too, after a plus.

                | fault | calls up, placed | lost | new calls not answered | silence | recovered | last events | left behind | promises |
                |---|---|---|---|---|---|---|---|---|
                """.formatted(date, machine, held, churning));
        lines.forEach(line -> page.append(line.finding().map(FaultsPage::measured).orElseGet(() -> "| %s | not tried: %s | | | | | | | |\n".formatted(line.fault().what(), line.notTried()))));
        page.append("""

                Not tried here: a network that is itself slow, because the kernel of this machine has no `netem`; a broker that is suspended again and again takes its place.
                A drain is not a fault: see [operating.md](operating.md).
                """);
        return page.toString();
    }

    private static String measured(Finding finding) {
        String lost = counts(finding.lost()) + (finding.cut().isEmpty() ? "" : " + " + counts(finding.cut()));
        String ends = finding.withoutEnd() + finding.endedTwice() + finding.unheardOf() == 0
                ? "one each"
                : "%d missing, %d double, %d calls unheard of".formatted(finding.withoutEnd(), finding.endedTwice(), finding.unheardOf());
        String recovered = finding.recoveredMillis().isPresent()
                ? seconds(finding.recoveredMillis().getAsLong()) + (finding.faultMillis() < 1_000 ? "" : " (" + seconds(finding.faultMillis()) + ")")
                : "no";
        String left = finding.left().isEmpty()
                ? NONE
                : finding.left().entrySet().stream().map(one -> "%s: %.0f".formatted(one.getKey(), one.getValue())).collect(Collectors.joining(", "));
        return "| %s | %d, %d | %s | %s | %s | %s | %s | %s | %s |\n".formatted(finding.fault().what(), finding.held(), finding.placed(), lost,
                counts(finding.refused()), seconds(finding.silenceMillis()), recovered, ends, left,
                finding.broken().isEmpty() ? "kept" : "**broken**: " + String.join("; ", finding.broken()));
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.isEmpty()
                ? NONE
                : counts.entrySet().stream().map(one -> one.getValue() + " " + one.getKey()).collect(Collectors.joining(", "));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
