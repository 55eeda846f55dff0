package dev.trunkline.relay.calls;

import dev.trunkline.events.CallId;
import dev.trunkline.relay.audio.Sound;
import dev.trunkline.relay.bridge.CallMedia;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Who in the room answers the caller, and what the caller hears until then. Used in the call's queue only. */
final class Reception {
    private static final Logger LOG = Logger.getLogger(Reception.class);

    private final CallId callId;
    private final CallRoom here;
    private final CallMedia media;
    private final CallVoice voice;
    private final Optional<Sound.Source> waiting;
    private final RoomAgents.Listeners listeners = new RoomAgents.Listeners();

    /** @param waiting what is played until somebody answers */
    Reception(CallId callId, CallRoom here, CallMedia media, CallVoice voice, Optional<Sound.Source> waiting) {
        this.callId = callId;
        this.here = here;
        this.media = media;
        this.voice = voice;
        this.waiting = waiting;
    }

    /** @param now whether LiveKit says that somebody listens to the caller; it may be known only later who */
    void listening(boolean now) {
        listeners.listening(now);
    }

    /** Says who answers, once that is known. @param tookMillis since the room was to be entered */
    void look(long tookMillis) {
        listeners.first(here.others()).ifPresent(agent -> {
            media.open();
            media.waiting(Optional.empty());
            LOG.infof("call=%s agent joined after %d ms", callId, tookMillis);
            voice.reply(RoomAgents.joined(callId, agent, tookMillis));
        });
    }

    /** Who was answered before somebody came must not take the line for dead. */
    void await() {
        if (!listeners.answered()) {
            media.waiting(waiting);
        }
    }
}
