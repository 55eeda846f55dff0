package dev.trunkline.fuzz;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Contained faults of the services, read from their metrics pages. */
final class FaultCounts {
    private static final String METRIC = "trunkline_contained_faults_total{";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, String> healthPages;

    /** @param healthPages addresses, by service */
    FaultCounts(Map<String, String> healthPages) {
        this.healthPages = healthPages;
    }

    Map<String, Double> now() throws IOException, InterruptedException {
        Map<String, Double> counts = new TreeMap<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (Map.Entry<String, String> page : healthPages.entrySet()) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(page.getValue()).resolve("/q/metrics")).timeout(PATIENCE).build();
                double sum = http.send(request, BodyHandlers.ofString()).body().lines()
                        .filter(line -> line.startsWith(METRIC))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum();
                counts.put(page.getKey(), sum);
            }
        }
        return counts;
    }

    static Map<String, Double> since(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> difference = new TreeMap<>();
        // A service that restarted in between counts from zero.
        after.forEach((service, count) -> difference.put(service, Math.max(0, count - before.getOrDefault(service, 0.0))));
        return difference;
    }
}
