package dev.trunkline.relay.bridge;

import java.util.HashSet;
import java.util.Set;

/**
 * Notices that who speaks to the phone has stopped sending without a word, as an agent does whose process was killed: LiveKit
 * tells of that only some twenty seconds later. LiveKit's SDKs and browsers send Opus without a pause, a packet at least each
 * 400 ms while they are silent (DTX); so a longer pause says that nobody is there. Tracks that may pause are never
 * taken for it: those of other callers, those in G.711, and those that their publisher muted. Not thread-safe.
 */
final class StalledSpeech {
    /** The 400 ms of DTX, and time for a packet that is late; with it the caller is not silent for a second. */
    static final long PAUSE_NANOS = 700_000_000;

    private final Set<String> steady = new HashSet<>();
    private boolean someStalled;
    private boolean someSpeak;

    /** @param isSteady whether the track sends as long as its publisher lives */
    void track(String trackSid, boolean isSteady) {
        if (isSteady) {
            steady.add(trackSid);
        } else {
            steady.remove(trackSid);
        }
    }

    /** Begins a look at all who have spoken so far. */
    void begin() {
        someStalled = false;
        someSpeak = false;
    }

    /** One of them. */
    void speaker(String trackSid, long lastPacketNanos, long nowNanos) {
        if (nowNanos - lastPacketNanos < PAUSE_NANOS) {
            someSpeak = true;
        } else if (steady.contains(trackSid)) {
            someStalled = true;
        }
    }

    /** Whether somebody stopped, and nobody else speaks. */
    boolean stalled() {
        return someStalled && !someSpeak;
    }
}
