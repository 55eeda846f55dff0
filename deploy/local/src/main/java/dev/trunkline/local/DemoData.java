package dev.trunkline.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** Loads a directory file into the router, as an operator would. */
final class DemoData {
    private DemoData() {}

    static void apply(HttpClient http, URI router, String adminToken, Path file)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(router.resolve("/directory/apply"))
                .header("Authorization", "Bearer " + adminToken)
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofFile(file))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the router did not take " + file + ": " + answer.statusCode() + " " + answer.body());
        }
    }
}
