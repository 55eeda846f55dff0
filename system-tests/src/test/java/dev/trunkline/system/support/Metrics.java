package dev.trunkline.system.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** The metrics page of a service. */
public final class Metrics {
    private final HttpClient http;
    private final URI page;

    /** @param page {@code /q/metrics} of the service */
    public Metrics(HttpClient http, URI page) {
        this.http = http;
        this.page = page;
    }

    /** Returns the raw page. */
    public String text() throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    }

    /** Returns the sum of the series whose lines begin with this; 0 if there is none. */
    public double sum(String beginning) throws IOException, InterruptedException {
        return text().lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Returns the same where a test waits for it. */
    public double shown(String beginning) {
        try {
            return sum(beginning);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
