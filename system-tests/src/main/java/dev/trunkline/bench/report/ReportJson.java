package dev.trunkline.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.trunkline.events.codec.EventJson;
import java.util.Optional;

/** Reads and writes a report as JSON, for {@code --json}, {@code --compare} and {@code --from}. */
public final class ReportJson {
    private static final String FORMAT = "trunkline-bench-1";
    private static final ObjectWriter WRITER = EventJson.MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT);

    private ReportJson() {}

    /** The content of the file: a word that identifies the format, and the report. */
    private record Stored(String format, Optional<Report> report) {}

    public static String write(Report report) {
        try {
            return WRITER.writeValueAsString(new Stored(FORMAT, Optional.of(report)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a report that JSON cannot hold", e);
        }
    }

    /** Reads a report. @throws IllegalArgumentException if it is not one, with a message for the user who named the file */
    public static Report read(String json) {
        try {
            Stored stored = EventJson.MAPPER.readValue(json, Stored.class);
            if (stored == null || !FORMAT.equals(stored.format()) || stored.report() == null || stored.report().isEmpty()) {
                throw new IllegalArgumentException("it is no report of ./trunkline bench --json");
            }
            return stored.report().get();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no report of ./trunkline bench --json: " + e.getOriginalMessage());
        }
    }

    /** Writes one part of a report by itself. */
    public static String write(FirstMinute minute) {
        try {
            return WRITER.writeValueAsString(minute);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("figures that JSON cannot hold", e);
        }
    }

    /** Reads it back. @throws IllegalArgumentException if {@link #write(FirstMinute)} did not write it */
    public static FirstMinute readFirstMinute(String json) {
        try {
            return EventJson.MAPPER.readValue(json, FirstMinute.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("they are no figures of ./trunkline bench --cold: " + e.getOriginalMessage());
        }
    }
}
