package dev.trunkline.relay.calls;

import dev.trunkline.bus.SerialQueue;
import dev.trunkline.events.EndReason;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Asks the edge to end a call, and detects that it does not respond. Used in the call's queue only.
 *
 * <pre>
 *   asked --Kafka has it--> the edge has 3 s --over, and all is read that came meanwhile--> unanswered
 * </pre>
 *
 * A relay that cannot write to or read from Kafka would mistake its own deafness for the edge's death, and the call would have two last
 * events. So the time counts from when Kafka has accepted the request, and {@link Patience} from there.
 */
final class EndRequest {
    private final CallVoice voice;
    private final Supplier<Optional<String>> headers;
    private final SerialQueue queue;
    private final Duration edgeReply;
    private final Patience patience;
    private boolean cancelled;

    /**
     * @param headers of the BYE, sealed; fetched at the end
     * @param heard completes once everything that is on Kafka at the time of asking is handled
     */
    EndRequest(
            CallVoice voice,
            Supplier<Optional<String>> headers,
            MediaLoop loop,
            SerialQueue queue,
            Supplier<CompletionStage<Void>> heard,
            Duration edgeReply) {
        this.voice = voice;
        this.headers = headers;
        this.queue = queue;
        this.edgeReply = edgeReply;
        this.patience = new Patience(loop, queue, heard);
    }

    /** @param unanswered run in the queue, unless the request is cancelled before */
    void ask(EndReason reason, String detail, Runnable unanswered) {
        CompletionStage<Void> asked;
        try {
            asked = voice.askForEnd(reason, detail, headers.get());
        } catch (Throwable notSaid) {
            asked = CompletableFuture.failedFuture(notSaid);
        }
        // Also if Kafka did not accept it within ten minutes: then nobody will ever respond.
        asked.whenComplete((done, failure) -> queue.execute(() -> await(unanswered)));
    }

    private void await(Runnable unanswered) {
        if (!cancelled) {
            patience.begin(edgeReply, unanswered);
        }
    }

    void cancel() {
        cancelled = true;
        patience.end();
    }
}
