package dev.trunkline.local.aot;

import dev.trunkline.cli.Cli;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.local.DemoNumbers;
import dev.trunkline.local.RunningSuite;
import dev.trunkline.local.Suite;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Direction;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The work of a suite with the demo data in training: what a new user, a trunk and a metrics scraper do first. */
final class TrainingCalls {
    /** Numbers of the demo data: one is answered when the agent listens, the other at once. */
    private static final List<String> ANSWERED = List.of("+3225550100", "+3225550101");
    private static final int ROUNDS = 4;
    private static final Duration TALK = Duration.ofMillis(800);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Number of INVITEs to a number that nobody has, which make methods run often enough for the JVM to keep their profiles. */
    private static final int REFUSED = 1_200;
    private static final long BETWEEN_REFUSED_NANOS = TimeUnit.SECONDS.toNanos(1) / 200;

    private final Suite suite;
    private final RunningSuite running;

    TrainingCalls(Suite suite) {
        this.suite = suite;
        this.running = suite.running();
    }

    /** Runs the training. Failures do not matter, because nobody calls this suite: the code that ran is recorded. */
    void run() throws IOException, InterruptedException {
        try (Phone phone = Phone.open(PhoneSettings.calling(running.sipAddress(), running.sipPort()).bindTo(running.sipAddress()))) {
            answered(phone);
            refused(phone);
        }
        lookAtPages();
        commands();
    }

    private void answered(Phone phone) throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            String caller = "+3247000000" + round;
            List<Call> calls = ANSWERED.stream()
                    .map(number -> phone.dial(CallRequest.to(number).from(caller).saying(AudioSource.echoProbe())))
                    .toList();
            calls.forEach(call -> call.awaitFinal(PATIENCE));
            Thread.sleep(TALK);
            calls.stream().filter(Call::isUp).forEach(call -> {
                call.reinvite(Direction.SENDONLY).toCompletableFuture().completeOnTimeout(null, 2, TimeUnit.SECONDS).join();
                call.hangUp().toCompletableFuture().completeOnTimeout(null, 2, TimeUnit.SECONDS).join();
            });
        }
    }

    private static void refused(Phone phone) throws InterruptedException {
        long begin = System.nanoTime();
        Call last = phone.dial(CallRequest.to(DemoNumbers.UNKNOWN));
        for (int i = 1; i < REFUSED; i++) {
            long due = begin + i * BETWEEN_REFUSED_NANOS - System.nanoTime();
            if (due > 0) {
                TimeUnit.NANOSECONDS.sleep(due);
            }
            last = phone.dial(CallRequest.to(DemoNumbers.UNKNOWN).from("+3247%07d".formatted(i)));
        }
        last.awaitFinal(PATIENCE);
    }

    private void lookAtPages() throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String page : running.health().values()) {
                get(http, URI.create(page));
                get(http, URI.create(page).resolve("/q/metrics"));
            }
        }
    }

    private static void get(HttpClient http, URI page) throws InterruptedException {
        try {
            http.send(HttpRequest.newBuilder(page).timeout(PATIENCE).build(), BodyHandlers.discarding());
        } catch (IOException e) {
            // Whoever uses it later will notice; nothing here depends on it.
        }
    }

    private void commands() {
        String shown = command("call", ANSWERED.getFirst(), "--seconds", "1");
        command("calls", "--trial");
        command("calls", "--live");
        command("trace", idIn(shown));
        command("explain", "--from", "+32470000001", "--to", DemoNumbers.UNKNOWN, "--trunk", "demo");
        command("export");
        command("call", "--help");
    }

    private String command(String... words) {
        var out = new ByteArrayOutputStream();
        Path root = suite.settings().root();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Cli.run(List.of(words), new Surroundings(
                root, root, suite.settings().state(), Map.of(), InputStream.nullInputStream(), print, print, Clock.systemDefaultZone()));
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Returns the first call id in a command's output, or a word that is not an id if there is none. */
    private static String idIn(String shown) {
        var id = java.util.regex.Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").matcher(shown);
        return id.find() ? id.group() : "none";
    }
}
