package dev.trunkline.relay.sounds;

import dev.trunkline.events.Announcement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Plays announcements to the caller of one call, one after the other. */
@FunctionalInterface
public interface Announcer {
    /**
     * @param complete whether all of it was sent to the caller's side
     * @param detail in words why not; empty if it was
     */
    record Played(boolean complete, String detail) {}

    /**
     * @return completes on any thread, never exceptionally, when the announcement is over; {@code call.announced} has been published by
     *     then
     */
    CompletionStage<Played> play(Announcement what);

    /** Returns the announcer of a relay that has no sounds. */
    static Announcer none() {
        return what -> CompletableFuture.completedFuture(new Played(false, "there is no sound " + what.name()));
    }
}
