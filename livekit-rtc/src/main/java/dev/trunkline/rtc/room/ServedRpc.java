package dev.trunkline.rtc.room;

import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.RpcCall;
import dev.trunkline.rtc.RpcError;
import dev.trunkline.rtc.loop.LoopTimer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A call of one of our methods, and its one answer. */
final class ServedRpc implements RpcCall {
    /** The answer that the caller gets. */
    sealed interface Answer {
        record Payload(String text) implements Answer {}

        record Failure(RpcError error) implements Answer {}
    }

    private final String method;
    private final String payload;
    private final RemoteParticipant caller;
    private final Duration responseTimeout;
    private final Consumer<Answer> answers;
    private final AtomicBoolean answered = new AtomicBoolean();
    private Optional<LoopTimer> timer = Optional.empty();

    /** @param answers receives the first answer, on the thread that gives it */
    ServedRpc(String method, String payload, RemoteParticipant caller, Duration responseTimeout, Consumer<Answer> answers) {
        this.method = method;
        this.payload = payload;
        this.caller = caller;
        this.responseTimeout = responseTimeout;
        this.answers = answers;
    }

    /** @param forgotten ends the wait for an answer; used only by the loop */
    ServedRpc until(LoopTimer forgotten) {
        timer = Optional.of(forgotten);
        return this;
    }

    Optional<LoopTimer> timer() {
        return timer;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String payload() {
        return payload;
    }

    @Override
    public RemoteParticipant caller() {
        return caller;
    }

    @Override
    public Duration responseTimeout() {
        return responseTimeout;
    }

    @Override
    public void respond(String text) {
        once(new Answer.Payload(Objects.requireNonNull(text, "payload")));
    }

    @Override
    public void fail(RpcError error) {
        once(new Answer.Failure(Objects.requireNonNull(error, "error")));
    }

    private void once(Answer answer) {
        if (answered.compareAndSet(false, true)) {
            answers.accept(answer);
        }
    }

    /** Leaves out what the caller wrote. */
    @Override
    public String toString() {
        return "RpcCall[from " + caller.sid() + "]";
    }
}
