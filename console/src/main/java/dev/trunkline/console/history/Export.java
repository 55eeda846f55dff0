package dev.trunkline.console.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/** Calls as a file: CSV (RFC 4180), or one line of JSON per call. */
enum Export {
    CSV("text/csv; charset=utf-8") {
        @Override
        void head(Writer out) throws IOException {
            out.write(String.join(",", COLUMNS) + "\r\n");
        }

        @Override
        void line(Writer out, JsonNode call) throws IOException {
            out.write(COLUMNS.stream().map(column -> quoted(call.path(column).asText(""))).collect(Collectors.joining(",")) + "\r\n");
        }
    },
    JSONL("application/x-ndjson") {
        @Override
        void head(Writer out) {}

        @Override
        void line(Writer out, JsonNode call) throws IOException {
            out.write(call + "\n");
        }
    };

    private static final List<String> COLUMNS = List.of(
            "callId", "direction", "organisation", "number", "called", "caller", "trunk", "rule", "agent", "receivedAt", "answeredAt",
            "endedAt", "talkMillis", "setupMillis", "outcome", "reason", "reasonText", "status", "mos", "kind", "notes");
    /** Characters that make a spreadsheet treat a cell as a formula. */
    private static final String FORMULA = "=-@\t\r";

    private final String type;

    Export(String type) {
        this.type = type;
    }

    abstract void head(Writer out) throws IOException;

    abstract void line(Writer out, JsonNode call) throws IOException;

    /** The value of the header Content-Type. */
    String type() {
        return type;
    }

    void write(Writer out, List<PastCall> calls, ObjectMapper json) throws IOException {
        for (PastCall call : calls) {
            line(out, json.valueToTree(call));
        }
    }

    /** A leading plus is kept, because numbers begin with it. */
    private static String quoted(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
