package dev.trunkline.relay.calls;

import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;

/**
 * People in a room who are there for those who answer, and not for the caller: they listen in, and whisper. They answer nobody, may ask
 * nothing of a caller, and what they say no phone hears.
 */
final class Supervisors {
    /** Name of a track that is for those in the room alone; whoever publishes one chooses so. */
    static final String WHISPER = "trunkline.whisper";

    /** Attribute of a participant, {@code true}: its access token says so. */
    static final String ATTRIBUTE = "trunkline.supervisor";

    private Supervisors() {}

    static boolean isOne(RemoteParticipant participant) {
        return participant.attributes().getOrDefault(ATTRIBUTE, "").equals("true");
    }

    static boolean whispersOn(RemoteAudioTrack track) {
        return track.name().equals(WHISPER);
    }
}
