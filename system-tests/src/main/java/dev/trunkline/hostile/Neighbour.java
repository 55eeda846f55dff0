package dev.trunkline.hostile;

import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.MediaReport;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.phone.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A call of the small phone that is kept up beside an attack, and that reports any effect on it. */
public final class Neighbour implements AutoCloseable {
    private static final int TONE = 1_100;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** Time within which a healthy call hears its own tone, its key and an answer: many times what that takes. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(8);
    private static final long MORE_TONE_MILLIS = 300;

    private final Phone phone;
    private final Call call;

    private Neighbour(Phone phone, Call call) {
        this.phone = phone;
        this.call = call;
    }

    /**
     * Calls a number whose agent echoes, and waits until the tone is heard.
     *
     * @param address of a trunk that the edge knows
     * @throws IllegalStateException that says what came instead of an answer, or that nothing is heard
     */
    public static Neighbour call(String address, InetSocketAddress edge, String number, String caller) throws IOException {
        Phone phone = Phone.open(PhoneSettings.calling(edge.getHostString(), edge.getPort()).bindTo(address));
        Call call = phone.dial(CallRequest.to(number).from(caller).saying(AudioSource.tone(TONE)));
        Neighbour neighbour = new Neighbour(phone, call);
        try {
            call.awaitAnswer(PATIENCE);
            if (!neighbour.hearsMore(PATIENCE)) {
                throw new IllegalStateException("the call was answered and hears nothing: its agent did not come");
            }
            return neighbour;
        } catch (RuntimeException e) {
            phone.close();
            throw e;
        }
    }

    /** Returns what is wrong with the call now; empty if audio, keys and signalling work. Takes about half a second. */
    public Optional<String> complaint() {
        if (!call.isUp()) {
            return Optional.of("it was hung up: " + call.ended().toCompletableFuture().getNow(null));
        }
        if (!hearsMore(SIGN_OF_LIFE)) {
            return Optional.of("it does not hear its own tone come back any more");
        }
        int keys = call.media().digits().size();
        call.sendDtmf('5');
        if (!comes(SIGN_OF_LIFE, () -> call.media().digits().size() > keys)) {
            return Optional.of("its key does not come back any more");
        }
        return signalling();
    }

    private Optional<String> signalling() {
        Reply reply = call.sendOptions().toCompletableFuture()
                .completeOnTimeout(null, SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS).join();
        if (reply == null) {
            return Optional.of("its OPTIONS is not answered any more");
        }
        return reply.ok() ? Optional.empty() : Optional.of("its OPTIONS is answered by " + reply.status());
    }

    private boolean hearsMore(Duration atMost) {
        long heard = call.media().heardMillis(TONE);
        return comes(atMost, () -> call.media().heardMillis(TONE) >= heard + MORE_TONE_MILLIS);
    }

    private static boolean comes(Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    public Call call() {
        return call;
    }

    public MediaReport media() {
        return call.media();
    }

    @Override
    public void close() {
        phone.close();
    }
}
