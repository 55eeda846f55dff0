package dev.trunkline.relay.calls;

import dev.trunkline.events.CallRouted;
import dev.trunkline.relay.audio.RingbackTone;
import dev.trunkline.relay.bridge.CallMedia;
import java.util.Optional;

/** What a caller, or the room of a party called, hears before the answer if the route says so. Used in the call's queue only. */
final class EarlyMedia {
    private final CallRouted route;
    private final CallMedia media;
    private final boolean dialTone;
    private boolean plays;

    /** @param dialTone whether the room is to hear the ringing tone */
    EarlyMedia(CallRouted route, boolean dialTone, CallMedia media) {
        this.dialTone = dialTone;
        this.route = route;
        this.media = media;
    }

    /** The edge knows with what to answer the phone, which may hear us from then on. @param answered if true, it is too late */
    void begin(boolean answered) {
        if (route.hasEarlyMedia() && !answered) {
            plays = true;
            media.early(RingbackTone::new);
        }
        if (dialTone && !answered) {
            media.ring();
        }
    }

    /** The call is answered, or over. */
    void end() {
        if (dialTone) {
            media.ringNoMore();
        }
        if (plays) {
            plays = false;
            media.waiting(Optional.empty());
        }
    }
}
