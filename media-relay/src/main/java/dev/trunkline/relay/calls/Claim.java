package dev.trunkline.relay.calls;

import dev.trunkline.events.MediaReady;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * This relay's claim to a call, made by its call.media.ready: from then on the edge looks after the call. If two relays got it, the one
 * whose event is first in the partition has it. Used in the call's queue only, except for {@link #settled()}.
 */
final class Claim {
    private final String relay;
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private boolean made;
    private boolean confirmed;

    /** @param relay this relay's id */
    Claim(String relay) {
        this.relay = relay;
    }

    /** The edge has been told that the media is ready. */
    void make(CompletionStage<Void> said) {
        made = true;
        said.whenComplete((done, failure) -> settled.complete(null));
    }

    boolean isMade() {
        return made;
    }

    /** The claim is abandoned. */
    void drop() {
        settled.complete(null);
    }

    /** @return completes when the relay has the call or refused it */
    CompletionStage<Void> settled() {
        return settled;
    }

    /** A claim arrived, this relay's or another's. @return whether the call is another's */
    boolean isLostTo(MediaReady ready) {
        confirmed |= ready.relay().equals(relay);
        return !confirmed;
    }
}
