package dev.trunkline.rtc.room;

import dev.trunkline.rtc.RtcException;
import dev.trunkline.rtc.signal.ServerMessages;
import dev.trunkline.rtc.signal.Signalling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import livekit.LivekitRtc;

/** Requests of the user to the server over signalling; the server answers some of them, by number. */
final class PendingRequests {

    private final Signalling signalling;
    private final Map<Integer, CompletableFuture<Void>> waiting = new HashMap<>();
    private int lastId;

    PendingRequests(Signalling signalling) {
        this.signalling = signalling;
    }

    /** @throws RtcException while the connection is being resumed */
    void setAttributes(Map<String, String> attributes, CompletableFuture<Void> done) {
        lastId++;
        send(ServerMessages.attributes(lastId, attributes));
        waiting.put(lastId, done);
    }

    /** The server does not confirm this request. @throws RtcException while the connection is being resumed */
    void setSubscribed(String trackSid, boolean subscribed) {
        send(LivekitRtc.SignalRequest.newBuilder()
                .setSubscription(ServerMessages.subscription(List.of(trackSid), subscribed)));
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

    /** Fails all pending requests; no answers will come. */
    void failAll(RtcException.Kind kind, String why) {
        List<CompletableFuture<Void>> failed = List.copyOf(waiting.values());
        waiting.clear();
        failed.forEach(done -> done.completeExceptionally(new RtcException(kind, why)));
    }

    private void send(LivekitRtc.SignalRequest.Builder request) {
        if (!signalling.send(request)) {
            throw new RtcException(RtcException.Kind.UNREACHABLE,
                    "the connection is being resumed: ask again after reconnected()");
        }
    }
}
