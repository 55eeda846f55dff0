package dev.trunkline.relay.calls;

import dev.trunkline.bus.SerialQueue;
import dev.trunkline.events.CallId;
import dev.trunkline.events.HeadersChanged;
import dev.trunkline.events.privacy.GivenHeaders;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.relay.room.AttributeHeaders;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Tells the edge which of the participant's attributes to put into the suite's BYE or REFER. The edge is told beforehand and at each
 * change, because it also ends calls by itself, and again with the relay's own command to end the call, which travels on another topic and
 * might arrive first. Used in the call's queue only.
 */
final class PartingHeaders {
    /** Participants may change attributes as often as they like: the edge is told at once, and then once in this time. */
    private static final Duration PACE = Duration.ofSeconds(1);

    private final AttributeHeaders headers;
    private final CallId call;
    private final SealedTargets targets;
    private final CallVoice voice;
    private final CallRoom here;
    private final BooleanSupplier isTalk;
    private final MediaLoop loop;
    private final SerialQueue queue;
    private Map<String, String> said = Map.of();
    private boolean waits;

    /** @param isTalk whether the call was answered and is not ending: before that we send no BYE */
    PartingHeaders(
            AttributeHeaders headers, CallId call, SealedTargets targets, CallVoice voice, CallRoom here, BooleanSupplier isTalk,
            MediaLoop loop, SerialQueue queue) {
        this.headers = headers;
        this.call = call;
        this.targets = targets;
        this.voice = voice;
        this.here = here;
        this.isTalk = isTalk;
        this.loop = loop;
        this.queue = queue;
    }

    /** The room reports the participant's current attributes. */
    void heard(Map<String, String> attributes) {
        here.heard(attributes);
        changed();
    }

    /** The attributes may have changed, or the call is answered. */
    void changed() {
        if (!waits) {
            settle();
        }
    }

    /** Before a REFER: the edge is to know the current values. */
    void settle() {
        Map<String, String> now = headers.of(here.attributes());
        if (isTalk.getAsBoolean() && !now.equals(said)) {
            said = now;
            voice.say(new HeadersChanged(call, voice.relay(), sealed(now)));
            pause();
        }
    }

    private void pause() {
        if (!waits) {
            waits = true;
            loop.schedule(PACE, () -> queue.execute(() -> {
                waits = false;
                settle();
            }));
        }
    }

    /** Returns the headers for the BYE; empty if the call's trunk maps no attributes to headers. */
    Optional<String> forBye() {
        return headers.isEmpty() ? Optional.empty() : Optional.of(sealed(headers.of(here.attributes())));
    }

    private String sealed(Map<String, String> now) {
        return targets.seal(call, new GivenHeaders(now));
    }
}
