package dev.trunkline.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What SIPp writes once a second with {@code -trace_stat} and {@code -trace_counts}: lines of fields, the first with their names. */
final class SippStatistics {
    private final List<Moment> moments;
    private final long repeatedInTime;

    private SippStatistics(List<Moment> moments, long repeatedInTime) {
        this.moments = moments;
        this.repeatedInTime = repeatedInTime;
    }

    /**
     * The counts at a given moment.
     *
     * @param seconds since SIPp began
     * @param begun exchanges that were begun
     * @param good exchanges that went as the scenario says
     * @param other exchanges that ended with another answer
     * @param late messages for exchanges that were over: repeated answers
     * @param sentAgain requests that SIPp repeated because no answer came
     */
    record Moment(double seconds, long begun, long good, long other, long late, long sentAgain) {
        double aSecond() {
            return seconds > 0 ? good / seconds : 0;
        }
    }

    /**
     * Reads both files.
     *
     * @throws IllegalStateException if SIPp wrote no figures or unexpected ones
     */
    static SippStatistics of(List<String> statistics, List<String> counts) {
        List<Moment> moments = rows(statistics).stream().map(SippStatistics::moment).toList();
        if (moments.isEmpty()) {
            throw new IllegalStateException("SIPp wrote no figures");
        }
        List<Map<String, String>> counted = rows(counts);
        long repeated = counted.isEmpty() ? 0 : repeatedAnswers(counted.getLast());
        return new SippStatistics(moments, repeated);
    }

    /** Returns the complete rows: a line that SIPp was still writing lacks fields and is left out. */
    private static List<Map<String, String>> rows(List<String> lines) {
        if (lines.isEmpty()) {
            return List.of();
        }
        String[] names = lines.getFirst().split(";");
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(";");
            if (fields.length == names.length) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < names.length; i++) {
                    row.put(names[i], fields[i]);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static Moment moment(Map<String, String> row) {
        return new Moment(
                clock(row, "CurrentTime") - clock(row, "StartTime"),
                number(row, "TotalCallCreated"),
                number(row, "SuccessfulCall(C)"),
                number(row, "FailedUnexpectedMessage(C)"),
                number(row, "DeadCallMsgs(C)"),
                number(row, "Retransmissions(C)"));
    }

    /** Parses a time, whose third part is the seconds since 1970. */
    private static double clock(Map<String, String> row, String name) {
        String[] parts = field(row, name).split("\t");
        return Double.parseDouble(parts[parts.length - 1]);
    }

    private static long number(Map<String, String> row, String name) {
        return Long.parseLong(field(row, name));
    }

    private static String field(Map<String, String> row, String name) {
        String text = row.get(name);
        if (text == null) {
            throw new IllegalStateException("SIPp's figures have no field " + name + ": is it a version before 3.6?");
        }
        return text;
    }

    /** Sums columns like {@code 4_200_Retrans}: for requests they count what SIPp sent again, for answers what it received again. */
    private static long repeatedAnswers(Map<String, String> row) {
        return row.entrySet().stream()
                .filter(column -> column.getKey().matches("\\d+_\\d{3}_Retrans"))
                .mapToLong(column -> Long.parseLong(column.getValue()))
                .sum();
    }

    /** Returns the last moment that is no later than this many seconds and a half. */
    Moment after(double seconds) {
        return moments.stream()
                .filter(moment -> moment.seconds() <= seconds + 0.5)
                .reduce((first, second) -> second)
                .orElse(moments.getFirst());
    }

    Moment end() {
        return moments.getLast();
    }

    /** Returns how many answers came more than once, while their exchange was under way or after it. */
    long repeated() {
        return repeatedInTime + end().late();
    }

    /** Returns how many exchanges had neither the expected answers nor another at the end. */
    long missing() {
        return end().begun() - end().good() - end().other();
    }
}
