package dev.trunkline.rtc;

import java.util.List;
import java.util.Map;

/**
 * A snapshot of a participant other than us.
 *
 * @param sid         {@code PA_…}
 * @param identity    unique in the room
 * @param name        for display, may be empty
 * @param kind        what it is
 * @param metadata    free text, may be empty
 * @param attributes  for example {@code lk.agent.state}
 * @param audioTracks the audio tracks that it publishes, whether we are subscribed to them or not
 */
public record RemoteParticipant(
        String sid,
        String identity,
        String name,
        ParticipantKind kind,
        String metadata,
        Map<String, String> attributes,
        List<RemoteAudioTrack> audioTracks) {

    public RemoteParticipant {
        attributes = Map.copyOf(attributes);
        audioTracks = List.copyOf(audioTracks);
    }

    /** Leaves out identity, name, metadata and attributes, which may be private, because this text may end up in a log. */
    @Override
    public String toString() {
        return "RemoteParticipant[" + sid + ", " + kind + "]";
    }
}
