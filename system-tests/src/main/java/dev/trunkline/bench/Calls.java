package dev.trunkline.bench;

import dev.trunkline.local.RunningSuite;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.phone.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Places the calls of the benchmark, each from a different caller. */
final class Calls implements AutoCloseable {
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(40);
    /** Time between two dialled calls: five a second. */
    private static final long BETWEEN_MILLIS = 200;

    private final Phone phone;
    private int dialled;

    private Calls(Phone phone) {
        this.phone = phone;
    }

    static Calls to(RunningSuite suite) throws IOException {
        return new Calls(Phone.open(
                PhoneSettings.calling(suite.sipAddress(), suite.sipPort()).bindTo(suite.sipAddress()).as("Trunkline-Bench")));
    }

    private Call dial(String number) {
        String caller = "+3247%07d".formatted(1_000_000 + dialled++ % 1_000_000);
        return phone.dial(CallRequest.to(number).from(caller).saying(AudioSource.echoProbe()));
    }

    /**
     * Dials some calls, five a second, and waits for their answers.
     *
     * @throws IOException that says what came instead of an answer; none of the calls is up in that case
     */
    List<Call> up(String number, int count) throws IOException, InterruptedException {
        List<Call> calls = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                calls.add(dial(number));
                Thread.sleep(BETWEEN_MILLIS);
            }
            for (Call call : calls) {
                setupMillis(call, number);
            }
            return calls;
        } catch (IOException | InterruptedException e) {
            hangUp(calls);
            throw e;
        }
    }

    /** Dials one call after another and hangs each up when it is answered. Returns how long each took from INVITE to 200. */
    List<Double> setupOneByOne(String number, int count) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Call call = dial(number);
            millis.add(setupMillis(call, number));
            hangUp(List.of(call));
            Thread.sleep(BETWEEN_MILLIS);
        }
        return millis;
    }

    private static double setupMillis(Call call, String number) throws IOException {
        return switch (call.awaitFinal(ANSWER_PATIENCE)) {
            case CallResult.Answered answered -> answered.setupNanos() / 1e6;
            case CallResult.Refused refused -> throw new IOException("a call to " + number + " was refused: " + refused.status()
                    + " " + refused.reasonHeader().orElse(refused.reason()) + hint(refused.status()));
            case CallResult.TimedOut timedOut -> throw new IOException("a call to " + number + " was not answered in "
                    + timedOut.waited().toSeconds() + " s: does the suite run?");
            case CallResult.Cancelled ignored -> throw new IOException("a call to " + number + " was cancelled");
            case CallResult.Vanished ignored -> throw new IOException("a call to " + number + " vanished");
        };
    }

    private static String hint(int status) {
        return status == 404 ? ". If it is a number of the demo data: ./trunkline demo loads that again" : "";
    }

    static void hangUp(List<Call> calls) {
        CompletableFuture<?>[] replies = calls.stream()
                .filter(Call::isUp)
                .map(call -> call.hangUp().toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        CompletableFuture<Reply> tooLate = new CompletableFuture<>();
        CompletableFuture.anyOf(CompletableFuture.allOf(replies), tooLate.completeOnTimeout(null, 40, TimeUnit.SECONDS)).join();
    }

    @Override
    public void close() {
        phone.close();
    }
}
