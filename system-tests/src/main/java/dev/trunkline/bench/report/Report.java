package dev.trunkline.bench.report;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one sitting of the benchmark found.
 *
 * @param made when it began
 * @param surroundings machine and versions, by what each is; in the order in which they are shown
 * @param processors of the machine
 * @param starts how long each part of the suite took to start
 * @param notMeasured what the figures do not say, a sentence each
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

    /** A figure of whatever part has it; its id is the same in no other. */
    public Optional<Figure> figure(String id) {
        return parts.stream().flatMap(part -> part.figure(id).stream()).findFirst();
    }

    public Optional<Distribution> distribution(String id) {
        return parts.stream().flatMap(part -> part.distribution(id).stream()).findFirst();
    }

    /** The parts during which the machine had more to do than this benchmark gave it. */
    public Stream<Part> disturbed() {
        return parts.stream().filter(part -> part.load() > processors / 2.0);
    }
}
