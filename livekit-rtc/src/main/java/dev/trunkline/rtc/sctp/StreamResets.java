package dev.trunkline.rtc.sctp;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stream reset (RFC 6525), which is how a data channel is closed: one request of ours at a time, resent until it
 * is answered, and answers to the peer's requests.
 */
final class StreamResets {
    static final int NOTHING_TO_DO = 0;
    static final int PERFORMED = 1;
    static final int IN_PROGRESS = 6;

    /** Outgoing streams to be reset once the messages queued on them have been sent. */
    private final Set<Integer> waiting = new LinkedHashSet<>();
    private final Timer timer = new Timer();
    private Optional<Chunk.Reconfig.ResetRequest> request = Optional.empty();
    private int nextSequence;
    private long performed;
    private boolean resend;

    /** Both sides number their requests from their initial TSN (section 3.1). */
    StreamResets(int initialTsn) {
        nextSequence = initialTsn;
    }

    void peer(int initialTsn) {
        performed = Serial.origin(initialTsn) - 1;
    }

    Timer timer() {
        return timer;
    }

    void reset(int streamId) {
        waiting.add(streamId);
    }

    /** Sends a request if one is due. */
    void fill(PacketBundler out, Transmitter transmitter, long now, long rto) {
        if (request.isEmpty()) {
            List<Integer> ready = new ArrayList<>(waiting);
            ready.removeIf(id -> transmitter.pending().bytes(id) > 0);
            if (ready.isEmpty()) {
                return;
            }
            List<Integer> some = ready.subList(0, Math.min(ready.size(), 100));
            some.forEach(waiting::remove);
            request = Optional.of(new Chunk.Reconfig.ResetRequest(
                    nextSequence++, (int) performed, transmitter.lastTsn(), List.copyOf(some)));
            resend = true;
        }
        if (resend) {
            resend = false;
            out.add(new Chunk.Reconfig(List.of(request.orElseThrow())));
            timer.start(now, rto);
        }
    }

    void onTimeout() {
        resend = request.isPresent();
    }

    /** Returns the streams that the peer's answer concludes, whether it reset them or refused. */
    List<Integer> onResponse(Chunk.Reconfig.Response response) {
        if (response.result() == IN_PROGRESS
                || request.filter(sent -> sent.sequence() == response.sequence()).isEmpty()) {
            return List.of(); // the timer keeps running
        }
        List<Integer> done = request.orElseThrow().streamIds();
        request = Optional.empty();
        timer.stop();
        return done;
    }

    /** The decision about a request of the peer: whether to reset the streams now, and the answer. */
    record Verdict(boolean reset, Chunk.Reconfig.Response answer) {}

    /** @param settled whether everything that the peer sent before it has arrived */
    Verdict onRequest(Chunk.Reconfig.ResetRequest incoming, boolean settled) {
        long sequence = Serial.tsn(performed, incoming.sequence());
        if (sequence <= performed) {
            return new Verdict(false, new Chunk.Reconfig.Response(incoming.sequence(), NOTHING_TO_DO));
        }
        if (!settled) {
            return new Verdict(false, new Chunk.Reconfig.Response(incoming.sequence(), IN_PROGRESS));
        }
        performed = sequence;
        return new Verdict(true, new Chunk.Reconfig.Response(incoming.sequence(), PERFORMED));
    }
}
