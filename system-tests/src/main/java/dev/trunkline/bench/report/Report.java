package dev.trunkline.bench.report;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The results of one run of the benchmark.
 *
 * @param made when it began
 * @param surroundings machine and versions, by name, in the order in which they are shown
 * @param processors of the machine
 * @param starts how long each part of the suite took to start
 * @param notMeasured what the figures do not cover, one sentence each
 */
public record Report(
        Instant made,
        Map<String, String> surroundings,
        int processors,
        List<Start> starts,
        List<Part> parts,
        Optional<FirstMinute> firstMinute,
        Optional<Ladder> ladder,
        List<String> notMeasured) {
    public Report {
        surroundings = Collections.unmodifiableMap(new LinkedHashMap<>(surroundings));
        starts = List.copyOf(starts);
        parts = List.copyOf(parts);
        notMeasured = List.copyOf(notMeasured);
    }

    public Optional<Part> part(String id) {
        return parts.stream().filter(part -> part.id().equals(id)).findFirst();
    }

    /** Returns a figure from whichever part has it; no two figures have the same id. */
    public Optional<Figure> figure(String id) {
        return parts.stream().flatMap(part -> part.figure(id).stream()).findFirst();
    }

    public Optional<Distribution> distribution(String id) {
        return parts.stream().flatMap(part -> part.distribution(id).stream()).findFirst();
    }

    /** Returns the parts at whose beginning the machine was busy with other work, except the start, which was recorded earlier. */
    public Stream<Part> disturbed() {
        return parts.stream().filter(part -> !part.id().equals("start") && part.load() > processors / 2.0);
    }
}
