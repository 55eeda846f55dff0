package dev.trunkline.system.soak;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Produces {@code docs/soak.md} as text. Pure. */
final class SoakPage {
    private static final int ROWS = 12;
    private static final int MOST_LISTED = 50;
    private static final List<Measured> SHOWN = List.of(
            Measured.CALLS_AT_EDGE, Measured.TRANSACTIONS, Measured.PORTS, Measured.SLOTS, Measured.WATCHES, Measured.REDIS_KEYS, Measured.ROOMS,
            Measured.PARTICIPANTS, Measured.HISTORY, Measured.CONSOLE_DATABASE);
    private static final List<Measured> OF_PROCESSES =
            List.of(Measured.RESIDENT, Measured.OWN_MEMORY, Measured.LIVE_HEAP, Measured.THREADS, Measured.DESCRIPTORS);

    private SoakPage() {}

    /** @param machine hardware and load before the run @param version of Trunkline */
    static String of(SoakFinding finding, LocalDate date, String machine, String version) {
        StringBuilder page = new StringBuilder();
        head(page, finding, date, machine, version);
        verdicts(page, finding);
        calls(page, finding);
        samples(page, finding);
        growth(page, finding);
        return page.toString();
    }

    private static void head(StringBuilder page, SoakFinding finding, LocalDate date, String machine, String version) {
        page.append("""
                # Soak
                Written by `./trunkline soak --report docs/soak.md`; do not write here. %s, %s, on %s.

                A whole suite on one machine, with one replica of each service and the console, held %d calls for %d minutes. Each of as many callers places one call after
                another: most talk for 5 to 45 s, some for minutes, a few for 10 to 20 minutes, each with a tone that the demo agent echoes in G.711. Some are hung up by the
                agent, give up while it rings, find nobody, dial a wrong or a busy number, hold and resume, vanish, or are handed over: by the API, by REFER, by REFER with
                Replaces. Beside them, a trunk sends damaged SIP and RTP, and an address that belongs to no trunk sends malformed messages. The run samples memory, threads,
                descriptors and everything that a call takes; after the last call it looks for what is left, and accounts for each call from what its phone saw, over its
                events on Kafka, to its row in the console's history.

                """.formatted(date, version, machine, finding.calls(), finding.minutes()));
    }

    private static void verdicts(StringBuilder page, SoakFinding finding) {
        Ledger ledger = finding.ledger();
        List<Series> growing = finding.growth().entrySet().stream().filter(one -> one.getValue().grows()).map(Map.Entry::getKey).toList();
        page.append("## Verdicts\n| | |\n|---|---|\n");
        row(page, "calls placed; hand-offs that succeeded", ledger.placed() + "; " + finding.transferred());
        row(page, "every call has an account", verdict(ledger.withoutAccount().isEmpty(), ledger.withoutAccount().size() + " have none"));
        row(page, "no call was lost", verdict(ledger.lost().isEmpty(), ledger.lost().size() + " were"));
        row(page, "every call heard its agent", verdict(ledger.mute().isEmpty(), ledger.mute().size() + " did not"));
        row(page, "calls that the suite refused for reasons of its own", Integer.toString(ledger.refused().size()));
        row(page, "memory, threads, descriptors and places are flat", finding.isJudged()
                ? verdict(growing.isEmpty(), growing.stream().map(Series::toString).collect(Collectors.joining(", ")) + " grow")
                : "the run is too short to tell");
        row(page, "everything was as before %d s after the last call".formatted(finding.settledSeconds()),
                verdict(finding.left().isEmpty(), String.join("; ", finding.left())));
        row(page, "bad input: %d SIP messages and %d RTP packets of a trunk, %d messages from no trunk; the call beside it".formatted(
                finding.bad().sip(), finding.bad().rtp(), finding.bad().strange()),
                finding.bad().complaints().isEmpty() ? "never harmed" : "**" + String.join("; ", finding.bad().complaints()) + "**");
        row(page, "other calls, each with one last event and a row: legs of hand-offs, and what became of bad input", Integer.toString(ledger.others()));
        page.append('\n');
    }

    private static String verdict(boolean kept, String otherwise) {
        return kept ? "yes" : "**no**: " + otherwise;
    }

    private static void row(StringBuilder page, String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static void calls(StringBuilder page, SoakFinding finding) {
        page.append("## Calls\nEach by what its caller did, and by its last event.\n\n| | calls |\n|---|---|\n");
        finding.ledger().ends().forEach((what, count) -> {
            int colon = what.indexOf(": ");
            row(page, what.substring(0, colon).toLowerCase(Locale.ROOT).replace('_', ' ') + what.substring(colon), count.toString());
        });
        page.append('\n');
        list(page, "Calls without an account", finding.ledger().withoutAccount());
        list(page, "Calls that were lost", finding.ledger().lost());
        list(page, "Calls that heard nothing", finding.ledger().mute());
        list(page, "Calls that the suite refused for reasons of its own", finding.ledger().refused());
        list(page, "What callers could not do", finding.failures());
    }

    private static void list(StringBuilder page, String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        page.append("### ").append(title).append('\n');
        lines.stream().limit(MOST_LISTED).forEach(line -> page.append("- ").append(line.replace("<", "&lt;")).append('\n'));
        if (lines.size() > MOST_LISTED) {
            page.append("- and ").append(lines.size() - MOST_LISTED).append(" more\n");
        }
        page.append('\n');
    }

    private static void samples(StringBuilder page, SoakFinding finding) {
        page.append("## What was in use\n");
        row(page, "minute", SHOWN.stream().map(Measured::words).collect(Collectors.joining(" | ")));
        page.append("|---".repeat(SHOWN.size() + 1)).append("|\n");
        for (Sample sample : shown(finding.samples())) {
            row(page, text(sample.minutes()), SHOWN.stream()
                    .map(what -> sample.values().get(Series.suite(what)))
                    .map(value -> value == null ? "" : text(value))
                    .collect(Collectors.joining(" | ")));
        }
        page.append('\n');
    }

    /** Returns the first, the last, and some between at equal distances. */
    private static List<Sample> shown(List<Sample> samples) {
        if (samples.size() <= ROWS + 1) {
            return samples;
        }
        List<Sample> shown = new ArrayList<>();
        for (int i = 0; i <= ROWS; i++) {
            shown.add(samples.get((int) Math.round((double) i * (samples.size() - 1) / ROWS)));
        }
        return shown;
    }

    private static void growth(StringBuilder page, SoakFinding finding) {
        page.append("""
                ## What grew
                From the first sample after the warm-up of %s minutes to the last under load. The slope is that of the line of least squares. A series grows if its slope is
                above what is allowed and above four of its standard errors, and the median of its last third is above that of its first third by as much (`Drift`). Resident
                memory is shown and not judged, because it includes files and memory that processes share; a process's own memory (RssAnon) does not.

                | | first | last | slope an hour | allowed an hour | |
                |---|---|---|---|---|---|
                """.formatted(text(finding.warmUpMinutes())));
        finding.growth().entrySet().stream()
                .filter(one -> OF_PROCESSES.contains(one.getKey().what()) || SHOWN.contains(one.getKey().what()) || one.getValue().drift().isPresent())
                .forEach(one -> grown(page, one.getKey(), one.getValue()));
    }

    private static void grown(StringBuilder page, Series series, Growth growth) {
        row(page, series.toString(), text(growth.first()), text(growth.last()),
                growth.drift().map(drift -> text(drift.perHour())).orElse(""),
                growth.drift().map(drift -> text(drift.allowedPerHour())).orElse(""),
                growth.drift().map(drift -> drift.grows() ? "**grows**" : "flat").orElse("not judged"));
    }

    private static String text(double value) {
        return Math.abs(value) >= 100 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
