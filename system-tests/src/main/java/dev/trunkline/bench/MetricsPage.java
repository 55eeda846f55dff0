package dev.trunkline.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The metrics page of a service, {@code /q/metrics}. */
final class MetricsPage {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private MetricsPage() {}

    /** @param health the service's health page */
    static String of(String health) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(health).resolve("/q/metrics")).timeout(PATIENCE).build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }

    /** Returns the sum of the series of one metric; 0 if there is none. */
    static double sum(String page, String metric) {
        return page.lines()
                .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
