package dev.trunkline.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The directory file of the demo. It is loaded in the way an operator would load it, once for the data of a state folder, so later
 * changes by a tenant or an operator survive a restart of the suite.
 */
final class DemoData {
    /** The number of the demo data that is answered at once. */
    private static final String TRIAL_NUMBER = "+3225550101";
    private static final String TRIAL_CALLER = "+32475000000";

    private final Path file;
    /** Beside the data of Postgres, so that both are deleted together. */
    private final Path mark;

    DemoData(SuiteSettings settings) {
        this.file = settings.root().resolve("deploy/demo/demo.yaml");
        this.mark = settings.state().resolve("data/demo-loaded");
    }

    /** @return whether this call loaded it */
    boolean loadOnce(HttpClient http, URI router, String adminToken) throws IOException, InterruptedException {
        if (Files.exists(mark)) {
            return false;
        }
        // A rule refers to the sound by name.
        send(http, "the sound " + DemoSound.NAME, request(router, "/sounds/" + DemoSound.NAME, adminToken)
                .header("Content-Type", "audio/wav").PUT(BodyPublishers.ofByteArray(DemoSound.wav())));
        send(http, file.toString(), request(router, "/directory/apply", adminToken)
                .header("Content-Type", "application/yaml").POST(BodyPublishers.ofFile(file)));
        OwnerOnly.write(mark, "The demo data was loaded; ./trunkline demo loads it again.\n");
        return true;
    }

    private static HttpRequest.Builder request(URI router, String path, String adminToken) {
        return HttpRequest.newBuilder(router.resolve(path)).header("Authorization", "Bearer " + adminToken);
    }

    private static void send(HttpClient http, String what, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the router did not accept " + what + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /**
     * Waits until the edge accepts calls from the demo trunk, and places some. The trunk trusts only loopback.
     *
     * @param loadedNow whether the trunk is certain to match the file
     * @throws IOException if it is certain to match, and the edge does not answer
     */
    void tryOut(SuiteSettings settings, boolean loadedNow, Progress progress) throws IOException, InterruptedException {
        if (!InetAddress.getByName(settings.bind()).isLoopbackAddress()) {
            return;
        }
        if (EdgeProbe.answers(settings.bind(), settings.sipPort(), Duration.ofSeconds(loadedNow ? 10 : 3))) {
            TrialCall.place(settings.bind(), settings.sipPort(), TRIAL_NUMBER, TRIAL_CALLER, progress);
            TrialCrowd.place(settings.bind(), settings.sipPort(), TRIAL_NUMBER, TRIAL_CALLER, settings.warmUp(), progress);
        } else if (loadedNow) {
            throw new IOException("the edge does not answer OPTIONS on " + settings.bind() + ":" + settings.sipPort());
        } else {
            progress.say("no trial call: the demo trunk was changed, and the edge does not answer from here");
        }
    }
}
