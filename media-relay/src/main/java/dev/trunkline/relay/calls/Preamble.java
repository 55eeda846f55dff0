package dev.trunkline.relay.calls;

import dev.trunkline.bus.SerialQueue;
import dev.trunkline.events.Announcement;
import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.relay.sounds.Announcer;
import java.util.Optional;

/**
 * The announcement that a caller hears before anybody may be heard: from the start of the call until it is over, nothing goes from the
 * room to the phone or from the phone to the room. Used in the call's queue only.
 */
final class Preamble {
    private final Optional<Announcement> what;
    private final Announcer announcer;
    private final CallMedia media;
    private final SerialQueue queue;
    private boolean begun;
    private boolean over;

    /** @param what empty if there is no announcement */
    Preamble(Optional<Announcement> what, Announcer announcer, CallMedia media, SerialQueue queue) {
        this.what = what;
        this.announcer = announcer;
        this.media = media;
        this.queue = queue;
        over = what.isEmpty();
        if (!over) {
            media.hush(true);
        }
    }

    /**
     * The caller is there to hear.
     *
     * @param then run in the queue once people may talk: at once if there is no announcement, or it was played
     */
    void begin(Runnable then) {
        if (over) {
            then.run();
        } else if (!begun) {
            begun = true;
            announcer.play(what.orElseThrow()).thenRun(() -> queue.execute(() -> {
                over = true;
                media.hush(false);
                then.run();
            }));
        }
    }
}
