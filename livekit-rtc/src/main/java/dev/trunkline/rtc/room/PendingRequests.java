package dev.trunkline.rtc.room;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import dev.trunkline.rtc.RtcException;
import livekit.LivekitRtc;

/** Requests whose answer the server gives by their number. */
final class PendingRequests {

    private final Map<Integer, CompletableFuture<Void>> waiting = new HashMap<>();
    private int lastId;

    /** @return the number to send */
    int add(CompletableFuture<Void> done) {
        lastId++;
        waiting.put(lastId, done);
        return lastId;
    }

    void answered(LivekitRtc.RequestResponse response) {
        CompletableFuture<Void> done = waiting.remove(response.getRequestId());
        if (done == null) {
            return;
        }
        if (response.getReason() == LivekitRtc.RequestResponse.Reason.OK) {
            done.complete(null);
        } else {
            done.completeExceptionally(new RtcException(RtcException.Kind.REFUSED,
                    "the server refused the request: " + response.getReason() + " " + response.getMessage()));
        }
    }

    /** After these no answer comes. */
    void failAll(RtcException why) {
        waiting.values().forEach(done -> done.completeExceptionally(why));
        waiting.clear();
    }
}
