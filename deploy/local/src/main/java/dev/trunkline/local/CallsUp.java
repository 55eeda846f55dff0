package dev.trunkline.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalInt;

/** Reads the number of an edge's calls from its metrics. */
final class CallsUp {
    private static final String METRIC = "trunkline_edge_calls";
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private CallsUp() {}

    /** Asks the edge. Empty if it does not answer within a second. */
    static OptionalInt ask(HttpClient http, URI metrics) {
        try {
            HttpRequest request = HttpRequest.newBuilder(metrics).timeout(PATIENCE).build();
            return in(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /** @param page in Prometheus' text format */
    static OptionalInt in(String page) {
        return page.lines()
                .filter(line -> line.startsWith(METRIC + " ") || line.startsWith(METRIC + "{"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .filter(value -> value.matches("\\d{1,9}(\\.\\d+)?"))
                .mapToInt(value -> (int) Double.parseDouble(value))
                .findFirst();
    }
}
