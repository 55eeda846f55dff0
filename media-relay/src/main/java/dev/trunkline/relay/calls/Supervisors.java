package dev.trunkline.relay.calls;

import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;

/**
 * People in a room who support those who answer, and are not there for the caller: they listen in, and whisper. They do not count as
 * answering, may request nothing for a caller, and no phone hears them.
 */
final class Supervisors {
    /** Name of a track that only participants in the room hear; its publisher chooses that name. */
    static final String WHISPER = "trunkline.whisper";

    /** Attribute of a participant, {@code true}: its access token sets it. */
    static final String ATTRIBUTE = "trunkline.supervisor";

    private Supervisors() {}

    static boolean isOne(RemoteParticipant participant) {
        return participant.attributes().getOrDefault(ATTRIBUTE, "").equals("true");
    }

    static boolean whispersOn(RemoteAudioTrack track) {
        return track.name().equals(WHISPER);
    }
}
