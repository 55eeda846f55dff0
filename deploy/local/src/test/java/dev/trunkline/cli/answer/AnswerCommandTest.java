package dev.trunkline.cli.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.cli.Shell;
import dev.trunkline.local.Ports;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command is called by the phone that {@code ./trunkline call} is. */
class AnswerCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final int port = Ports.free();

    private CompletableFuture<Integer> answering(Shell shell, String... more) {
        List<String> words = new ArrayList<>(List.of("answer", "--port", Integer.toString(port), "--after", "0", "--calls", "1"));
        words.addAll(List.of(more));
        return CompletableFuture.supplyAsync(() -> shell.run(words.toArray(String[]::new)));
    }

    private Phone phone() throws Exception {
        return Phone.open(PhoneSettings.calling("127.0.0.1", port).withT1(Duration.ofMillis(200)));
    }

    /** Repeats the call, because the command may still be opening its socket. */
    private static CallResult call(Phone phone, CallRequest request, Call[] placed) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            placed[0] = phone.dial(request);
            CallResult result = placed[0].awaitFinal(PATIENCE);
            if (!(result instanceof CallResult.TimedOut) || System.nanoTime() > until) {
                return result;
            }
        }
    }

    @Test
    void tellsWhoWasCalledByWhomAndWhatWasHeard() throws Exception {
        Shell shell = new Shell(folder);
        CompletableFuture<Integer> command = answering(shell);
        try (Phone phone = phone()) {
            var placed = new Call[1];
            CallRequest request = CallRequest.to("+3225550199").from("+3225551234").saying(AudioSource.tone(440));
            assertThat(call(phone, request, placed)).isInstanceOf(CallResult.Answered.class);
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (placed[0].media().heardMillis(440) < 300) {
                assertThat(System.nanoTime()).as("an echo in time").isLessThan(until);
                Thread.sleep(10);
            }
            placed[0].hangUp().toCompletableFuture().join();
        }
        assertThat(command.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(shell.out().lines().toList()).satisfiesExactly(
                ready -> assertThat(ready).startsWith("a phone at 127.0.0.1:" + port),
                rings -> assertThat(rings).startsWith("1  called +3225550199, From <sip:+3225551234@"),
                answered -> assertThat(answered).isEqualTo("1  answered, PCMU"),
                over -> assertThat(over).startsWith("1  over after ").contains("the other side hung up", " packets received, "));
    }

    @Test
    void aBusyPhoneAsJson() throws Exception {
        Shell shell = new Shell(folder);
        CompletableFuture<Integer> command = answering(shell, "--status", "486", "--json");
        try (Phone phone = phone()) {
            assertThat(call(phone, CallRequest.to("1"), new Call[1])).isInstanceOfSatisfying(
                    CallResult.Refused.class, refused -> assertThat(refused.status()).isEqualTo(486));
        }
        assertThat(command.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(shell.out()).contains("{\"event\":\"ready\"", "\"called\":\"1\"", "\"event\":\"refused\"", "\"status\":486");
    }
}
